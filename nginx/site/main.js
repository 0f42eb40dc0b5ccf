import { drawMap, drawProfile } from './draw.js';
import { at, distances, lineOf, middleOf } from './geometry.js';

const id = (name) => document.getElementById(name);
const form = id('wish');
/** Not `form.elements[name]`: of `length` that is how many there are. */
const field = (name) => form.elements.namedItem(name);
const fields = ['near', 'drive', 'length', 'minAscent', 'maxAscent', 'maxDifficulty'];
const units = { drive: 'min', length: 'km', minAscent: 'm', maxAscent: 'm' };
let asking = new AbortController();
let seed = 0;

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const kilometres = (meters) => `${number.format(meters / 1000)} km`;
const metres = (meters) => `${number.format(Math.round(meters))} m`;
const hours = (seconds) => {
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
};

function make(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** An answer that is a problem (RFC 9457), or none at all. */
class Refusal extends Error {
  constructor(detail, errors = [], suggestions = []) {
    super(detail);
    this.errors = errors;
    this.suggestions = suggestions;
  }
}

async function ask(url, signal) {
  const response = await fetch(url, { signal }).catch((error) => {
    if (error.name === 'AbortError') throw error;
    throw new Refusal('The server cannot be reached. Are you online?');
  });
  const body = await response.json().catch(() => null);
  if (response.ok && body) return body;
  throw new Refusal(body?.detail ?? `The server answered ${response.status}.`, body?.errors, body?.suggestions);
}

/** What the form says, as the API wants it; the page's own address carries the same, so that it can be shared. */
function query() {
  const wish = new URLSearchParams();
  for (const name of fields) {
    const value = field(name).value.trim();
    if (value !== '') wish.set(name, `${value}${units[name] ?? ''}`);
  }
  if (seed > 0) wish.set('seed', seed);
  return wish;
}

function restore(wish) {
  for (const name of fields) {
    const value = wish.get(name);
    if (value !== null) field(name).value = units[name] ? Number.parseFloat(value) : value;
  }
  const given = Number(wish.get('seed'));
  seed = Number.isSafeInteger(given) && given > 0 ? given : 0;
}

function echo() {
  id('drive-text').value = field('drive').value === '0' ? 'not at all' : `${field('drive').value} min`;
  id('length-text').value = `${field('length').value} km`;
}

function say(text, isFault = false) {
  id('status').textContent = text;
  id('status').classList.toggle('is-fault', isFault);
}

function showFaults(errors) {
  for (const name of fields) {
    const fault = errors.find(({ parameter }) => parameter === name);
    field(name).setAttribute('aria-invalid', String(fault !== undefined));
    id(`${name}-fault`).hidden = fault === undefined;
    id(`${name}-fault`).textContent = fault?.detail ?? '';
  }
  const first = errors.find(({ parameter }) => fields.includes(parameter));
  if (first) field(first.parameter).focus();
}

function refused(error) {
  showFaults(error.errors ?? []);
  const names = (error.suggestions ?? []).map((one) => one.name ?? one).slice(0, 5);
  say(`${error.message}${names.length > 0 ? ` Did you mean ${names.join(', ')}?` : ''}`, true);
}

function nothing({ why, nearest = [] }) {
  const lengths = nearest.map(({ lengthMeters }) => kilometres(lengthMeters));
  const hint = lengths.length > 0 ? ` The nearest there is: ${lengths.join(' and ')}.` : '';
  const detail = why?.detail ?? 'nothing was found';
  say(`${detail[0].toUpperCase()}${detail.slice(1)}.${hint}`);
}

async function find() {
  asking.abort();
  asking = new AbortController();
  const button = form.querySelector('[type=submit]');
  if (field('near').value.trim() === '') {
    refused(
      new Refusal('Say where you are first.', [{ parameter: 'near', detail: 'A place, or latitude,longitude.' }]),
    );
    return;
  }
  const wish = query();
  history.replaceState(null, '', `#${wish}`);
  button.setAttribute('aria-busy', 'true');
  say('Looking for loops …');
  try {
    const answer = await ask(`/v1/loops?${wish}`, asking.signal);
    showFaults([]);
    show(answer);
  } catch (error) {
    if (error.name === 'AbortError') return;
    show({ features: [] });
    refused(error);
  }
  button.setAttribute('aria-busy', 'false');
}

function show(answer) {
  const near = answer.features[0]?.geometry.coordinates.flat(2)[0];
  const loops = answer.features.map((feature) => {
    const line = lineOf(feature.geometry, near);
    const name = feature.properties.trailhead.name ?? 'Unnamed trailhead';
    return { ...feature.properties, line, along: distances(line), name };
  });
  id('drawing').hidden = loops.length === 0;
  id('others').hidden = loops.length === 0;
  id('cards').replaceChildren(...loops.map((loop, i) => card(loop, i, () => choose(loops, i))));
  if (answer.attribution) id('attribution').textContent = String(answer.attribution);
  if (loops.length === 0) return nothing(answer);
  say(`${loops.length} ${loops.length === 1 ? 'loop' : 'loops'} found.`);
  choose(loops, 0);
}

function card(loop, i, onChoose) {
  const facts = [
    ['Length', kilometres(loop.lengthMeters)],
    ['Climb', loop.ascentMeters === null ? 'unknown' : metres(loop.ascentMeters)],
    ['Time', hours(loop.durationSeconds)],
    ['Trail', `${Math.round(loop.trailShare * 100)} %`],
    ['Hardest', loop.difficulty ?? 'not graded'],
  ];
  const { driveSeconds, driveMeters } = loop.trailhead;
  if (driveSeconds !== null) facts.push(['Drive', `${hours(driveSeconds)}, ${kilometres(driveMeters)}`]);
  const list = make('dl', {}, ...facts.flatMap(([term, fact]) => [make('dt', {}, term), make('dd', {}, fact)]));
  const choice = make('input', { type: 'radio', name: 'loop', className: 'visually-hidden', checked: i === 0 });
  choice.addEventListener('change', onChoose);
  const links = make(
    'div',
    { className: 'links' },
    make('a', { href: loop.links.gpx, download: '' }, 'GPX'),
    make('a', { href: loop.links.self }, 'GeoJSON'),
  );
  const warnings = loop.warnings.map(({ detail }) => make('li', {}, detail));
  const parts = [choice, make('h3', {}, `${i + 1}. ${loop.name}`), list];
  if (loop.names.length > 0) parts.push(make('p', { className: 'note' }, loop.names.slice(0, 6).join(' · ')));
  if (warnings.length > 0) parts.push(make('ul', {}, ...warnings));
  return make('label', { className: `card loop-${i % 3}` }, ...parts, links);
}

function choose(loops, chosen) {
  const loop = loops[chosen];
  const walk = id('walk');
  const total = loop.along.at(-1);
  id('cards').querySelectorAll('input')[chosen].checked = true;
  const onMap = drawMap(id('map'), loops, chosen, (i) => choose(loops, i));
  const onProfile = drawProfile(id('profile'), loop, chosen, (meters) => {
    walk.value = (meters / total) * 1000;
    move();
  });
  function move() {
    const meters = (walk.value / 1000) * total;
    onMap(meters);
    onProfile?.(meters);
    const elevation = at(loop.line, loop.along, meters)[2];
    id('walk-text').value = `${kilometres(meters)}${elevation === undefined ? '' : `, ${metres(elevation)}`}`;
  }
  walk.oninput = move;
  walk.value = 0;
  move();
}

async function regions() {
  const { regions: all } = await ask('/v1/regions');
  const note = id('regions');
  if (all.length === 0) {
    note.textContent = 'No region is imported yet. The README says how: `npm run trails -- sample` makes one.';
    return;
  }
  const names = all.map((one) => `${one.name}, ${one.dataDate}`);
  note.textContent = `Trails of ${names.join('; ')}.`;
  if (field('near').value === '') {
    const middle = middleOf(all[0].bbox).map((degrees) => degrees.toFixed(3));
    field('near').placeholder = `A place, or ${middle.join(',')}`;
  }
}

/** A pause in typing, so that not every letter is a request. */
let pause;
async function suggest() {
  const text = field('near').value.trim();
  if (text.length < 2 || /^[-\d]/.test(text)) return;
  const { features } = await ask(`/v1/places?${new URLSearchParams({ q: text })}`);
  const options = features.map(({ properties: { name, kind } }) => make('option', { value: name, label: kind }));
  id('places').replaceChildren(...options);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  seed = 0;
  find();
});
form.addEventListener('input', echo);
field('near').addEventListener('input', () => {
  clearTimeout(pause);
  pause = setTimeout(() => suggest().catch(() => {}), 200);
});
id('others').addEventListener('click', () => {
  seed += 1;
  find();
});

restore(new URLSearchParams(location.hash.slice(1)));
echo();
regions().catch((error) => {
  id('regions').textContent = error.message;
});
if (field('near').value !== '') find();
