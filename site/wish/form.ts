import { el, sign } from '../dom.js';
import { say, settings } from '../settings.js';
import { Writer } from '../units.js';
import type { Word } from '../words.js';
import { ASCENT_MAX, DAYS_MAX, DEFAULT_WISH, DIRECTIONS, DRIVE_MAX, LENGTH, type Wish } from './wish.js';

type Say = (change: Partial<Wish>) => void;

/** A labelled range with its value written beside it. */
function slider(
  id: string,
  word: Word,
  range: { min: number; max: number; step: number },
  moved: (value: number) => void,
) {
  const input = el('input', {
    id,
    type: 'range',
    min: range.min,
    max: range.max,
    step: range.step,
    input: () => moved(input.valueAsNumber),
  });
  const label = el('label', { for: id, 'data-word': word });
  const output = el('output', { for: id });
  const node = el('div', { class: 'field' }, el('div', { class: 'row' }, label, output), input);
  const show = (value: number, text: string): void => {
    input.value = String(value);
    const { min, max } = range;
    node.style.setProperty('--share', String(Math.min(1, Math.max(0, (value - min) / (max - min)))));
    output.textContent = text;
    input.setAttribute('aria-valuetext', text);
  };
  return { node, label, show };
}

/** Two thumbs on one track: the least and the most. */
function span(moved: (least: number, most: number) => void) {
  const end = (id: string): HTMLInputElement =>
    el('input', { id, type: 'range', min: 0, max: ASCENT_MAX, step: 100, input: () => change(id) });
  const least = end('climb-least');
  const most = end('climb-most');
  const output = el('output', { for: 'climb-least climb-most' });
  const track = el('div', { class: 'span' }, least, most);
  const node = el(
    'fieldset',
    { class: 'field' },
    el('legend', { 'data-word': 'climb' }),
    el('div', { class: 'row end' }, output),
    track,
  );
  const change = (id: string): void => {
    if (least.valueAsNumber > most.valueAsNumber) {
      if (id === least.id) most.value = least.value;
      else least.value = most.value;
    }
    moved(least.valueAsNumber, most.valueAsNumber);
  };
  const show = ({ minAscent, maxAscent }: Wish, text: string, write: (meters: number) => string): void => {
    least.value = String(minAscent);
    most.value = String(maxAscent);
    least.setAttribute('aria-valuetext', write(minAscent));
    most.setAttribute('aria-valuetext', maxAscent === ASCENT_MAX ? say('any') : write(maxAscent));
    least.setAttribute('aria-label', say('climbLeast'));
    most.setAttribute('aria-label', say('climbMost'));
    track.style.setProperty('--from', String(minAscent / ASCENT_MAX));
    track.style.setProperty('--to', String(maxAscent / ASCENT_MAX));
    output.textContent = text;
  };
  return { node, show };
}

/** Eight directions round a middle that means all of them, as a wind rose of radio buttons. */
function rose(chosen: (direction: Wish['direction']) => void) {
  const inputs = new Map<Wish['direction'], HTMLInputElement>();
  const one = (direction: Wish['direction']): HTMLElement => {
    const input = el('input', { type: 'radio', name: 'direction', change: () => chosen(direction) });
    inputs.set(direction, input);
    const text = direction ? null : sign('M12 5a7 7 0 1 0 0 14a7 7 0 0 0 0-14');
    return el('label', { class: `wind ${direction ?? 'all'}` }, input, el('span', { text: direction ?? '' }, text));
  };
  const output = el('output', {});
  const node = el(
    'fieldset',
    { class: 'field' },
    el('legend', { 'data-word': 'direction' }),
    el('div', { class: 'row end' }, output),
    el('div', { class: 'rose' }, ...[...DIRECTIONS, null].map(one)),
  );
  const show = (direction: Wish['direction']): void => {
    for (const [key, input] of inputs) {
      input.checked = key === direction;
      input.setAttribute('aria-label', say(key ?? 'anywhere'));
    }
    output.textContent = say(direction ?? 'anywhere');
  };
  return { node, show };
}

/** The wishes about a walk. @param change hears of each move of a slider at once; whoever asks may wait for the last */
export function wishForm(root: HTMLElement, change: Say) {
  const length = slider('length', 'length', { ...LENGTH, step: 0.5 }, (lengthKm) => change({ lengthKm }));
  const climb = span((minAscent, maxAscent) => change({ minAscent, maxAscent }));
  const grade = slider('difficulty', 'difficulty', { min: 1, max: 6, step: 1 }, (difficulty) => change({ difficulty }));
  const direction = rose((value) => change({ direction: value }));
  const drive = slider('drive', 'drive', { min: 0, max: DRIVE_MAX, step: 5 }, (value) => change({ drive: value }));
  const days = slider('days', 'days', { min: 1, max: DAYS_MAX, step: 1 }, (value) => change({ days: value }));
  const count = el('span', { class: 'count', hidden: true });
  const { start: _, lengthKm: __, seed: ___, ...plain } = DEFAULT_WISH;
  const reset = el('button', { type: 'button', class: 'plain', 'data-word': 'reset', click: () => change(plain) });
  const more = el(
    'details',
    { id: 'more' },
    el('summary', {}, el('span', { 'data-word': 'more' }), count, sign('M6 9l6 6 6-6')),
    el('div', { class: 'fields' }, climb.node, grade.node, drive.node, days.node, direction.node, reset),
  );
  root.append(length.node, more);
  root.addEventListener('submit', (event) => event.preventDefault());

  return {
    show(wish: Wish): void {
      const write = new Writer(settings.language, settings.units);
      const { lengthKm, minAscent, maxAscent, difficulty } = wish;
      length.show(
        lengthKm,
        write.distance(lengthKm * 1_000, settings.units === 'metric' && lengthKm % 1 === 0 ? 0 : 1),
      );
      length.label.textContent = say(wish.days > 1 ? 'lengthADay' : 'length');
      const [low, high] = [minAscent > 0, maxAscent < ASCENT_MAX];
      const sentence: Record<string, string> = {
        truetrue: `${write.climb(minAscent)} – ${write.climb(maxAscent)}`,
        truefalse: say('from', { value: write.climb(minAscent) }),
        falsetrue: say('upTo', { value: write.climb(maxAscent) }),
        falsefalse: say('any'),
      };
      climb.show(wish, sentence[`${low}${high}`]!, (meters) => write.climb(meters));
      grade.show(difficulty, difficulty === 6 ? say('any') : say(`sac${difficulty}` as Word));
      drive.show(
        wish.drive,
        wish.drive === 0 ? say('onFoot') : say('upTo', { value: say('minutes', { n: wish.drive }) }),
      );
      days.show(wish.days, wish.days === 1 ? say('oneDay') : String(wish.days));
      direction.show(wish.direction);
      const set = [low || high, difficulty < 6, wish.drive > 0, wish.days > 1, wish.direction !== null];
      const wishes = set.filter(Boolean).length;
      count.textContent = String(wishes);
      count.hidden = wishes === 0;
      reset.hidden = wishes === 0;
    },
  };
}
