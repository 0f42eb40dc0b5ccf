import { el } from './dom.js';
import { say, sayIf, settings } from './settings.js';
import type { State } from './state.js';
import { Writer } from './units.js';
import { DEFAULT_WISH, type Start, type Wish } from './wish/wish.js';
import type { Word } from './words.js';

export interface NextSteps {
  setWish(change: Partial<Wish>): void;
  setStart(start: Start | null): void;
  again(): void;
  drop(): void;
  region(bbox: number[]): void;
  example(): void;
}

/** What is the matter, in a few words for the heading that screen readers speak. */
export function statusText({ status, loops }: State): string {
  if (status === 'loading') return say('loading');
  if (status !== 'found') return say('loops');
  if (loops.length === 1) return say('foundOne');
  return say('found', { n: loops.length });
}

const step = (text: string, click: () => void): HTMLElement =>
  el('button', { type: 'button', class: 'step', click }, text);

const whyWords: Record<string, Word> = { difficulty: 'difficultyWhy', direction: 'directionWhy' };

function nothingFound({ nothing, wish }: State, steps: NextSteps): HTMLElement {
  const { reason, nearest } = nothing!;
  const write = new Writer(settings.language, settings.units);
  const buttons: HTMLElement[] = [];
  const lengths = [...new Set(nearest.map(({ lengthMeters }) => Math.round(lengthMeters / 500) / 2))].filter(
    (km) => km > 0.5,
  );
  if (wish.days === 1) {
    for (const km of lengths.slice(0, 2)) {
      buttons.push(
        step(say('tryLength', { length: write.distance(km * 1_000) }), () => steps.setWish({ lengthKm: km })),
      );
    }
  }
  const { minAscent, maxAscent, difficulty, direction, days } = wish;
  const plain = DEFAULT_WISH;
  if (
    minAscent !== plain.minAscent ||
    maxAscent !== plain.maxAscent ||
    difficulty !== plain.difficulty ||
    direction ||
    days > 1
  ) {
    buttons.push(step(say('dropWishes'), steps.drop));
  }
  if (wish.drive === 0 && wish.start?.kind === 'point')
    buttons.push(step(say('driveFarther'), () => steps.setWish({ drive: 30 })));
  const sentence = sayIf(whyWords[reason] ?? reason) ?? say('not-found');
  return el('div', { class: 'note' }, el('p', { text: sentence }), el('div', { class: 'steps' }, ...buttons));
}

function refused({ refusal, regions }: State, steps: NextSteps): HTMLElement {
  const { kind, message: detail, body } = refusal!;
  const known = sayIf(kind);
  const buttons: HTMLElement[] = [];
  if (kind === 'outside-regions') {
    for (const { name, bbox } of (body.regions ?? regions ?? []).slice(0, 3)) {
      buttons.push(step(say('toRegion', { name }), () => steps.region(bbox)));
    }
  } else if (kind === 'no-trail-near') buttons.push(step(say('driveFarther'), () => steps.setWish({ drive: 30 })));
  else if (kind === 'no-road-near') buttons.push(step(say('startOnFoot'), () => steps.setWish({ drive: 0 })));
  else if (kind === 'no-elevation') buttons.push(step(say('dropWishes'), steps.drop));
  else buttons.push(step(say('again'), steps.again));
  return el(
    'div',
    { class: 'note' },
    el('p', { text: known ?? say('refused') }),
    known ? null : el('p', { class: 'quiet', text: detail, lang: 'en' }),
    el('div', { class: 'steps' }, ...buttons),
  );
}

/** What stands where cards will be or are not: each a sentence and a next step. */
export function message(state: State, steps: NextSteps): HTMLElement[] {
  const nodes: HTMLElement[] = [];
  if (state.regions?.length === 0) return [el('p', { class: 'note', text: say('noRegions') })];
  if (state.status === 'start') {
    nodes.push(
      el(
        'div',
        { class: 'welcome' },
        el('p', { class: 'tagline', text: say('tagline') }),
        el('p', { text: say('start1') }),
        el('div', { class: 'steps' }, step(say('example'), steps.example)),
      ),
    );
  }
  if (state.status === 'loading' && state.loops.length === 0) {
    nodes.push(el('div', { class: 'waiting', 'aria-hidden': 'true' }, el('i'), el('i'), el('i')));
  }
  if (state.status === 'nothing' && state.nothing) nodes.push(nothingFound(state, steps));
  if (state.status === 'refused' && state.refusal) nodes.push(refused(state, steps));
  return nodes;
}

type Order = 'best' | 'climb' | 'time' | 'trail';
const orders: [Order, Word][] = [
  ['best', 'sortBest'],
  ['climb', 'sortClimb'],
  ['time', 'sortTime'],
  ['trail', 'sortTrail'],
];

/** By what the cards are ordered, and the way to others. */
export function orderMenu(root: HTMLElement, ordered: () => void, others: () => void) {
  let by: Order = 'best';
  const select = el('select', { id: 'order', change: () => taken() });
  const other = el('button', { type: 'button', id: 'others', class: 'plain', click: others });
  const taken = (): void => {
    by = select.value as Order;
    ordered();
  };
  root.append(select, other);
  return {
    get by(): Order {
      return by;
    },
    show(visible: boolean): void {
      root.hidden = !visible;
    },
    words(): void {
      select.setAttribute('aria-label', say('sort'));
      select.replaceChildren(
        ...orders.map(([value, word]) => el('option', { value, text: say(word), selected: value === by })),
      );
      other.textContent = say('others');
      other.title = say('othersLong');
    },
  };
}
