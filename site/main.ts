import { readAddress, writeAddress } from './address.js';
import { ask, askAhead, askRegions, type Loop, type MapFacts } from './api.js';
import { byId } from './dom.js';
import { Finder } from './finder.js';
import { cardList, ordered } from './loops/cards.js';
import { profilePanel } from './loops/profile.js';
import { shareLink, showQr } from './loops/share.js';
import { titleOf } from './loops/title.js';
import type { Tiles } from './map/style.js';
import { readTiles } from './map/tiles.js';
import type { View } from './map/view.js';
import { message, orderMenu, statusText } from './messages.js';
import { keepOffline } from './offline.js';
import { printLoop } from './print.js';
import { onSettings, say, settings } from './settings.js';
import { bottomSheet } from './sheet.js';
import { Store } from './state.js';
import { toolbar } from './toolbar.js';
import { Writer } from './units.js';
import { wishForm } from './wish/form.js';
import { placeBox } from './wish/place-box.js';
import { question, type Start, unconditional, type Wish } from './wish/wish.js';
import type { Word } from './words.js';

// The first question goes out before anything is built.
const first = question(readAddress(location).wish);
if (first) askAhead(`/v1/loops?${first}`);

const store = new Store();
const finder = new Finder(store);
const dialog = byId<HTMLDialogElement>('dialog');
const sheet = bottomSheet(byId('panel'), byId('grip'));
let view: View | null = null;
let tiles: Tiles | null = null;
/** What the map should show when it is there. */
let framing: 'loops' | 'start' | 'all' | null = 'all';

function frame(what: typeof framing): void {
  framing = what;
  if (what) view?.frame(what);
}

// --- what the visitor does

const addressOf = (): string => {
  const { wish, loops, chosen, view: seen } = store.now;
  return writeAddress({ wish, loop: loops[chosen]?.id ?? null, view: seen }) || location.pathname;
};
/** A new start is a step that the back button undoes; all else belongs to the step at hand. */
function remember(step: boolean): void {
  if (step) history.pushState(null, '', addressOf());
  else history.replaceState(null, '', addressOf());
}

function setStart(start: Start | null): void {
  store.set({ wish: { ...store.now.wish, start, seed: 0 }, loops: [], chosen: -1, cursor: null });
  remember(true);
  void find('start');
}
function setWish(change: Partial<Wish>): void {
  store.set({ wish: { ...store.now.wish, ...change } });
  finder.later(() => void find('keep'));
}
async function find(why: 'start' | 'keep' | 'address', loop: string | null = null): Promise<void> {
  if (why === 'start') frame(store.now.wish.start ? 'start' : framing);
  await finder.find(loop);
  if (store.now.status === 'found' && why !== 'address') frame('loops');
  if (why !== 'address') remember(false);
}
function choose(index: number): void {
  store.set({ chosen: index, cursor: null });
  remember(false);
  cards.reveal(index);
}

let toastTimer = 0;
function toast(text: string, lasting = false): void {
  const node = byId('toast');
  node.textContent = text;
  node.classList.add('shown');
  clearTimeout(toastTimer);
  if (!lasting) toastTimer = window.setTimeout(() => node.classList.remove('shown'), 4_000);
}

function locate(): void {
  if (!navigator.geolocation) {
    toast(say('notLocated'));
    return;
  }
  toast(say('locating'), true);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      byId('toast').classList.remove('shown');
      setStart({ kind: 'point', lat: coords.latitude, lon: coords.longitude, name: null });
    },
    () => toast(say('notLocated')),
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
  );
}

async function act(what: 'share' | 'qr' | 'print' | 'offline', loop: Loop): Promise<void> {
  const absolute = (path: string): string => new URL(path, location.href).href;
  try {
    if (what === 'qr') showQr(dialog, absolute(loop.properties.links.gpx));
    else if (what === 'share') {
      const title = titleOf(loop, new Writer(settings.language, settings.units));
      if (await shareLink(location.href, title)) toast(say('copied'));
    } else if (what === 'print') {
      await printLoop(byId('sheet'), view, loop, store.now.attribution);
    } else {
      await keepOffline(loop, finder.path, tiles, (share) =>
        toast(say('offlineBusy', { n: Math.round(share * 100) }), true),
      );
      toast(say('offlineDone'));
    }
  } catch {
    toast(what === 'share' ? location.href : say('offlineFailed'));
  }
}

// --- the parts of the page

const box = placeBox(byId('search'), setStart, locate);
const form = wishForm(byId('wish'), setWish);
const tools = toolbar(byId('tools'), dialog);
const cards = cardList(byId('cards'), { choose, hover: (hovered) => store.set({ hovered }), act });
const profile = profilePanel(byId('profile'), (cursor) => store.set({ cursor }));
const order = orderMenu(
  byId('ordering'),
  () => fillCards(),
  () => setWish({ seed: store.now.wish.seed + 1 }),
);

function fillCards(): void {
  const { loops } = store.now;
  cards.fill(loops, ordered(loops, order.by));
  cards.mark(store.now.chosen, store.now.hovered);
}
function showMessage(): void {
  const { status } = store.now;
  byId('status').textContent = statusText(store.now);
  byId('panel').dataset.status = status;
  order.show(status === 'found');
  const node = message(store.now, {
    setWish,
    setStart,
    again: () => void find('keep'),
    drop: () => setWish(unconditional(store.now.wish)),
    region: (bbox) => view?.show(bbox),
    example: () => void finder.example().then((start) => start && setStart(start)),
  });
  byId('message').replaceChildren(...node);
  const { mapless } = store.now;
  byId('mapless').textContent = mapless ? say(mapless) : '';
  byId('mapless').hidden = mapless === null;
  byId('cards').hidden = store.now.loops.length === 0;
}
function showProfile(): void {
  const { loops, chosen, status } = store.now;
  profile.show(loops[chosen] ?? null, chosen % 3, status === 'loading');
}
function showWords(): void {
  for (const node of document.querySelectorAll<HTMLElement>('[data-word]'))
    node.textContent = say(node.dataset.word as Word);
  for (const node of document.querySelectorAll<HTMLElement>('[data-label]')) {
    node.setAttribute('aria-label', say(node.dataset.label as Word));
  }
  box.words();
  tools.words();
  order.words();
  form.show(store.now.wish);
  box.show(store.now.wish.start);
  showMessage();
  fillCards();
  showProfile();
}

store.on(['wish'], ({ wish }) => form.show(wish));
store.on(['wish'], ({ wish }) => box.show(wish.start));
store.on(['status', 'loops', 'regions', 'nothing', 'refusal', 'mapless', 'wish'], showMessage);
store.on(['loops'], fillCards);
store.on(['chosen', 'hovered'], ({ chosen, hovered }) => cards.mark(chosen, hovered));
store.on(['loops', 'chosen', 'status'], showProfile);
store.on(['loops', 'chosen'], ({ loops, chosen }) => {
  const loop = loops[chosen];
  document.title = loop ? `${titleOf(loop, new Writer(settings.language, settings.units))} · Loopwright` : 'Loopwright';
});
store.on(['cursor'], ({ cursor }) => profile.point(cursor));
store.on(['status'], ({ status }) => status === 'found' && sheet.atLeast('middle'));
onSettings(showWords);

// --- from the address, and back to it

function open(first: boolean): Promise<void> {
  const { wish, loop, view: seen } = readAddress(location);
  store.set({ wish, ...(first && { view: seen }), loops: [], chosen: -1, cursor: null, trailheads: [] });
  if (!first && seen) view?.goTo(seen);
  framing = seen ? null : wish.start ? 'loops' : 'all';
  return find('address', loop).then(() => {
    if (framing) frame(framing);
  });
}
addEventListener('popstate', () => void open(false));

/** The map comes after the first answer: cards and profile do not wait for half a megabyte of it. */
async function openMap(): Promise<void> {
  const root = byId('map');
  const [facts, { createView }] = await Promise.all([
    ask<MapFacts>('/v1/map').catch(() => null),
    import('./map/view.js'),
    store.now.regions ??
      askRegions().then(
        ({ regions }) => store.set({ regions }),
        () => store.set({ regions: [] }),
      ),
  ]);
  tiles = facts && readTiles(facts, store.now.regions ?? [], location.origin);
  if (facts && !tiles) store.set({ mapless: 'no-map' });
  const names = [...new Set((store.now.regions ?? []).map(({ attribution }) => attribution))];
  try {
    view = createView(root, store, tiles, [facts?.attribution, ...names].filter(Boolean)[0] ?? '', {
      start: (lat, lon) => setStart({ kind: 'point', lat, lon, name: null }),
      trailhead: (id, name, lat, lon) => setStart({ kind: 'trailhead', id, name, lat, lon }),
      choose,
      hover: (hovered) => store.set({ hovered }),
      cursor: (cursor) => store.set({ cursor }),
      view: (seen) => {
        store.set({ view: seen });
        remember(false);
      },
      padding: () => sheet.padding(),
      stale: () => void followImport(),
    });
  } catch {
    root.classList.add('missing');
    store.set({ mapless: 'no-webgl' });
    return;
  }
  if (framing) view.frame(framing);
  // For those who drive the page from outside: tests, and whoever has opened the console.
  Object.assign(root, { map: view.map });
}

/** An import has made another map: its tiles have other addresses. */
async function followImport(): Promise<void> {
  const facts = await ask<MapFacts>('/v1/map').catch(() => null);
  const fresh = facts && readTiles(facts, store.now.regions ?? [], location.origin);
  if (!fresh || fresh.base === tiles?.base) return;
  tiles = fresh;
  view?.lay(fresh);
}

showWords();
void open(true).finally(openMap);
