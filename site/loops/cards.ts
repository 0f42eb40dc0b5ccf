import type { Loop } from '../api.js';
import { el, sign } from '../dom.js';
import { say, sayIf, settings } from '../settings.js';
import { hoursOf, Writer } from '../units.js';
import { sparkline } from './profile.js';
import { titleOf } from './title.js';

export interface CardEvents {
  choose(index: number): void;
  hover(index: number): void;
  act(what: 'share' | 'qr' | 'print' | 'offline', loop: Loop): void;
}

/** The kinds of passed places that say something in a list of names. */
const SHOWN_PASSES = 6;

const fact = (className: string, text: string, spoken?: string): HTMLElement =>
  el(
    'span',
    { class: className },
    el('span', { 'aria-hidden': spoken ? 'true' : null, text }),
    spoken ? el('span', { class: 'spoken', text: spoken }) : null,
  );

function facts({ properties }: Loop, write: Writer): HTMLElement {
  const { lengthMeters, ascentMeters, durationSeconds, unknownHeightMeters, difficulty } = properties;
  const climb = ascentMeters === null ? null : write.climb(ascentMeters);
  const time = say('hours', hoursOf(durationSeconds));
  return el(
    'span',
    { class: 'facts' },
    fact('long', write.distance(lengthMeters)),
    climb ? fact('climb', `↗ ${climb}`, say('ascentLong', { value: climb })) : null,
    fact('time', unknownHeightMeters > 0 ? say('atLeast', { value: time }) : time),
    difficulty
      ? el('span', { class: `grade ${difficulty}`, text: difficulty, title: sayIf(`sac${difficulty[1]}`) })
      : null,
  );
}

function remarks({ properties }: Loop): HTMLElement {
  const { trailShare, trailhead, warnings } = properties;
  const parts = [say('onTrails', { n: Math.round(trailShare * 100) })];
  if (trailhead.driveSeconds !== null) {
    const name = trailhead.name ?? say('aParking');
    parts.push(say('fromTrailhead', { name, n: Math.round(trailhead.driveSeconds / 60) }));
  }
  const told = warnings.map(({ code }) => sayIf(code)).filter((text) => text !== null);
  return el(
    'span',
    { class: 'remarks' },
    el('span', { text: parts.join(' · ') }),
    ...told.map((text) => el('span', { class: 'warning', text })),
  );
}

function daysOf({ properties }: Loop, write: Writer): HTMLElement | null {
  if (!properties.days) return null;
  return el(
    'ol',
    { class: 'stages' },
    ...properties.days.map(({ day, lengthMeters, ascentMeters, sleepAt }) => {
      const parts = [write.distance(lengthMeters)];
      if (ascentMeters !== null) parts.push(`↗ ${write.climb(ascentMeters)}`);
      if (sleepAt) parts.push(say('sleepAt', { name: sleepAt.name ?? sayIf(sleepAt.kind) ?? '' }));
      return el('li', {}, el('strong', { text: say('dayN', { n: day }) }), ` ${parts.join(' · ')}`);
    }),
  );
}

function passesOf({ properties }: Loop): HTMLElement | null {
  const names = [...new Set((properties.passes ?? []).map(({ name }) => name).filter((name) => name !== null))];
  if (names.length === 0) return null;
  const text = names.slice(0, SHOWN_PASSES).join(' · ');
  return el('p', { class: 'passes' }, el('span', { class: 'quiet', text: `${say('passes')} ` }), text);
}

const signs = {
  gpx: 'M12 3v12M7 10l5 5 5-5M4 20h16',
  share: 'M12 15V3M8 7l4-4 4 4M6 11H5v10h14V11h-1',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2',
  print: 'M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z',
  offline: 'M7 18a4.5 4.5 0 0 1 0-9 6 6 0 0 1 11 2 3.5 3.5 0 0 1-1 7M12 12v8M9 17l3 3 3-3',
};

function actions(loop: Loop, { act }: CardEvents): HTMLElement {
  const button = (what: 'share' | 'qr' | 'print' | 'offline'): HTMLElement =>
    el(
      'button',
      {
        type: 'button',
        class: 'action',
        'data-act': what,
        click: () => act(what, loop),
        'aria-label': say(what),
        title: say(what),
      },
      sign(signs[what]),
      what === 'share' ? say(what) : null,
    );
  return el(
    'div',
    { class: 'actions' },
    el(
      'a',
      { class: 'action', href: loop.properties.links.gpx, download: true, 'aria-label': say('gpxLong') },
      sign(signs.gpx),
      say('gpx'),
    ),
    button('share'),
    button('qr'),
    button('print'),
    button('offline'),
  );
}

/** One card a loop, as a group of radio buttons: choosing by arrow keys comes with them. */
export function cardList(root: HTMLElement, events: CardEvents) {
  let cards: HTMLElement[] = [];

  function card(loop: Loop, index: number, write: Writer): HTMLElement {
    const id = `loop-${index}`;
    const input = el('input', { type: 'radio', name: 'loop', id, change: () => events.choose(index) });
    const label = el(
      'label',
      { for: id },
      el('strong', { class: 'title', text: titleOf(loop, write) }),
      facts(loop, write),
      sparkline(loop),
      remarks(loop),
    );
    return el(
      'div',
      {
        class: 'card',
        'data-rank': index % 3,
        pointerenter: (event: PointerEvent) => event.pointerType === 'mouse' && events.hover(index),
        pointerleave: () => events.hover(-1),
        focusin: () => events.hover(index),
        focusout: () => events.hover(-1),
      },
      input,
      label,
      el('div', { class: 'detail' }, passesOf(loop), daysOf(loop, write), actions(loop, events)),
    );
  }

  return {
    fill(loops: Loop[], order: number[]): void {
      const write = new Writer(settings.language, settings.units);
      cards = loops.map((loop, i) => card(loop, i, write));
      root.replaceChildren(...order.map((i) => cards[i]!));
      root.scrollLeft = 0;
    },
    mark(chosen: number, hovered: number): void {
      cards.forEach((node, i) => {
        node.classList.toggle('chosen', i === chosen);
        node.classList.toggle('hovered', i === hovered);
        node.querySelector('input')!.checked = i === chosen;
      });
    },
    /** Brings a chosen card to where it can be seen, within its list alone. */
    reveal(index: number): void {
      const node = cards[index];
      if (!node) return;
      const sideways = root.scrollWidth > root.clientWidth + 4;
      if (sideways) root.scrollTo({ left: node.offsetLeft - 16, behavior: 'auto' });
    },
  };
}

/** The order of the cards by what matters to the visitor. */
export function ordered(loops: Loop[], by: 'best' | 'climb' | 'time' | 'trail'): number[] {
  const value: Record<typeof by, (loop: Loop) => number> = {
    best: () => 0,
    climb: ({ properties }) => properties.ascentMeters ?? 0,
    time: ({ properties }) => properties.durationSeconds,
    trail: ({ properties }) => -properties.trailShare,
  };
  return loops.map((_, i) => i).sort((a, b) => value[by](loops[a]!) - value[by](loops[b]!) || a - b);
}
