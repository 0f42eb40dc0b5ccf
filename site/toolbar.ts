import { el, sign, svg } from './dom.js';
import { openDialog } from './loops/share.js';
import { dark, light } from './map/palette.js';
import { change, isDark, say, settings, type Theme } from './settings.js';
import type { Units } from './units.js';
import { LANGUAGE_NAMES, type Language, type Word } from './words.js';

const LEGEND = 'M4 5h6v5H4zM4 14h6v5H4zM14 7h6M14 16h6';
const SETTINGS = 'M4 7h10M18 7h2M16 5v4M4 12h2M10 12h10M8 10v4M4 17h8M16 17h4M14 15v4';

/** The two buttons beside the name: what the map's signs mean, and the visitor's taste. */
export function toolbar(root: HTMLElement, dialog: HTMLDialogElement) {
  const legend = el(
    'button',
    { type: 'button', class: 'tool', id: 'legend-button', click: () => showLegend(dialog) },
    sign(LEGEND),
  );
  const menu = el(
    'button',
    { type: 'button', class: 'tool', id: 'settings-button', click: () => showSettings(dialog) },
    sign(SETTINGS),
  );
  root.append(legend, menu);
  return {
    words(): void {
      for (const [button, word] of [
        [legend, 'legend'],
        [menu, 'settings'],
      ] as const) {
        button.setAttribute('aria-label', say(word));
        button.title = say(word);
      }
    },
  };
}

function choice<T extends string>(
  word: Word,
  name: string,
  options: [T, string][],
  value: T,
  taken: (value: T) => void,
) {
  return el(
    'fieldset',
    { class: 'choice' },
    el('legend', { text: say(word) }),
    ...options.map(([key, text]) =>
      el(
        'label',
        {},
        el('input', { type: 'radio', name, checked: key === value, change: () => taken(key) }),
        el('span', { text }),
      ),
    ),
  );
}

function showSettings(dialog: HTMLDialogElement): void {
  const languages = Object.entries(LANGUAGE_NAMES) as [Language, string][];
  const themes = (['system', 'light', 'dark'] as const).map((theme): [Theme, string] => [theme, say(theme)]);
  const units = (['metric', 'imperial'] as const).map((one): [Units, string] => [one, say(one)]);
  openDialog(
    dialog,
    say('settings'),
    choice('language', 'language', languages, settings.language, (language) => {
      change('language', language);
      showAgain(dialog, `input[name=language][value]`);
    }),
    choice('units', 'units', units, settings.units, (one) => change('units', one)),
    choice('theme', 'theme', themes, settings.theme, (theme) => change('theme', theme)),
  );
}

/** In the language that was just chosen, with the focus where it was. */
function showAgain(dialog: HTMLDialogElement, _: string): void {
  dialog.close();
  showSettings(dialog);
  dialog.querySelector<HTMLInputElement>('input[name=language]:checked')?.focus();
}

function showLegend(dialog: HTMLDialogElement): void {
  const p = isDark() ? dark : light;
  const sample = (...nodes: SVGElement[]): SVGElement =>
    svg('svg', { viewBox: '0 0 56 20', class: 'sample', 'aria-hidden': 'true' }, ...nodes);
  const line = (stroke: string, dash: string | null, width = 2.6, more: Record<string, unknown> = {}): SVGElement =>
    svg('path', {
      d: 'M2 13C14 13 16 7 28 7s14 6 26 4',
      fill: 'none',
      stroke,
      'stroke-width': width,
      'stroke-dasharray': dash,
      ...more,
    });
  const trail = (word: Word, colour: string, dash: string | null): [Word, SVGElement] => [
    word,
    sample(line(colour, dash)),
  ];
  const fill = (word: Word, text: string): HTMLElement =>
    el('li', {}, el('span', { text }), el('span', { text: say(word) }));
  const rows: [Word, SVGElement][] = [
    trail('legendT1', p.trail.t1, '13 2.4'),
    trail('legendT23', p.trail.t23, '7 2.6'),
    trail('legendT45', p.trail.t45, '3 2.6'),
    trail('legendT6', p.trail.t6, '3 2.6'),
    trail('legendUnknown', p.trail.unknown, '8 3'),
    trail('legendFaint', p.trail.unknown, '2.6 5'),
    trail('legendTrack', p.trail.track, '15 3'),
    ['legendRoute', sample(line(p.route, null, 8, { opacity: 0.35 }), line(p.trail.t23, '7 2.6'))],
    ['legendRoad', sample(line(p.road.case, null, 6), line(p.road.primary, null, 4))],
    ['legendLift', sample(line(p.rail, '10 2 1 2', 1.8))],
    [
      'legendTrailhead',
      sample(svg('circle', { cx: 28, cy: 10, r: 6, fill: p.start, stroke: p.loopCase, 'stroke-width': 2 })),
    ],
  ];
  const badge = (word: Word, colour: string, letter: string): [Word, SVGElement] => [
    word,
    sample(
      svg('rect', { x: 19, y: 1, width: 18, height: 18, rx: 5, fill: colour }),
      svg('path', {
        d: letter,
        fill: 'none',
        stroke: p.badge.ink,
        'stroke-width': 2,
        transform: 'translate(20 2) scale(.67)',
      }),
    ),
  ];
  rows.push(
    ['peak', sample(svg('path', { d: 'M28 3l8 14H20z', fill: p.peak }))],
    badge('hut', p.badge.hut, 'M4 13l8-7 8 7M7 11v7h10v-7'),
    badge('camp', p.badge.other, 'M4 18L12 6l8 12M9.500 18l2.500-4 2.500 4'),
    badge('parking', p.badge.parking, 'M9 19V5h4.500a4 4 0 0 1 0 8H9'),
  );
  void fill;
  openDialog(
    dialog,
    say('legend'),
    el('h3', { text: say('legendSac') }),
    el('ul', { class: 'legend' }, ...rows.map(([word, node]) => el('li', {}, node, el('span', { text: say(word) })))),
    el(
      'div',
      { class: 'steepness' },
      el('p', { text: say('steepness') }),
      el(
        'div',
        { class: 'ramp' },
        el('span', { text: say('gentle') }),
        ...[0, 1, 2, 3, 4].map((i) => el('i', { class: `s${i}` })),
        el('span', { text: say('steep') }),
      ),
    ),
  );
}
