import { askPlaces, type FoundPlace } from '../api.js';
import { el, sign } from '../dom.js';
import { say, sayIf } from '../settings.js';
import type { Start } from './wish.js';
import { pointText } from './wish.js';

/** Latitude and longitude as people type them, null when it is neither. */
export function readPoint(text: string): { lat: number; lon: number } | null {
  const [, lat, lon] = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text) ?? [];
  if (lat === undefined || lon === undefined || Math.abs(+lat) > 90 || Math.abs(+lon) > 180) return null;
  return { lat: +lat, lon: +lon };
}

const PAUSE_MS = 120;

/**
 * A combobox over the names of places: arrows, Enter, Escape, and the kind of each beside its name.
 * @param choose hears of what was chosen, null when the start was cleared
 * @param locate asks where the visitor is
 */
export function placeBox(root: HTMLElement, choose: (start: Start | null) => void, locate: () => void) {
  let found: FoundPlace[] = [];
  let active = -1;
  let timer = 0;
  let asked: AbortController | null = null;
  let failed = false;

  const input = el('input', {
    id: 'where',
    type: 'text',
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-controls': 'places',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    spellcheck: 'false',
    enterkeyhint: 'search',
    input: () => later(),
    keydown: (event: KeyboardEvent) => keys(event),
    focus: () => input.select(),
    blur: () => setTimeout(close, 150),
  });
  const list = el('ul', { id: 'places', role: 'listbox', hidden: true });
  const clear = el(
    'button',
    { type: 'button', class: 'inside', hidden: true, click: () => clearStart() },
    sign('M6 6l12 12M18 6L6 18'),
  );
  const here = el(
    'button',
    { type: 'button', id: 'here', class: 'square', click: locate },
    sign('M12 2v4M12 18v4M2 12h4M18 12h4M12 6a6 6 0 1 0 0 12a6 6 0 0 0 0-12M12 11a1 1 0 1 0 0 2a1 1 0 0 0 0-2'),
  );
  const glass = sign('M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M15.5 15.5L21 21');
  root.append(el('div', { class: 'box' }, glass, input, clear, list), here);

  const clearStart = (): void => {
    input.value = '';
    clear.hidden = true;
    choose(null);
    input.focus();
  };
  const close = (): void => {
    list.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const take = (start: Start): void => {
    asked?.abort();
    clearTimeout(timer);
    close();
    choose(start);
  };
  const takePlace = ({ geometry, properties }: FoundPlace): void => {
    const [lon, lat] = geometry.coordinates as [number, number];
    take({ kind: 'point', lat, lon, name: properties.name });
  };

  function render(): void {
    list.replaceChildren(
      ...found.map(({ properties }, i) =>
        el(
          'li',
          {
            id: `place-${i}`,
            role: 'option',
            'aria-selected': String(i === active),
            // Before the input loses its focus.
            pointerdown: (event: Event) => event.preventDefault(),
            click: () => takePlace(found[i]!),
          },
          el('span', { class: 'what', text: properties.name }),
          el('span', { class: 'kind', text: sayIf(properties.kind) ?? properties.kind }),
        ),
      ),
    );
    if (found.length === 0) {
      const text = say(failed ? 'unreachable' : 'noPlace');
      list.append(el('li', { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false', class: 'none', text }));
    }
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    if (active >= 0) input.setAttribute('aria-activedescendant', `place-${active}`);
    else input.removeAttribute('aria-activedescendant');
  }

  async function search(): Promise<boolean> {
    clearTimeout(timer);
    const text = input.value.trim();
    asked?.abort();
    if (!/[\p{L}\p{N}]/u.test(text) || readPoint(text)) {
      close();
      return false;
    }
    const now = new AbortController();
    asked = now;
    try {
      found = (await askPlaces(text, now.signal)).features;
      failed = false;
    } catch {
      if (now.signal.aborted) return false;
      found = [];
      failed = true;
    }
    active = found.length > 0 ? 0 : -1;
    if (document.activeElement === input) render();
    return true;
  }
  const later = (): void => {
    clear.hidden = input.value === '';
    clearTimeout(timer);
    timer = window.setTimeout(search, PAUSE_MS);
  };

  async function keys(event: KeyboardEvent): Promise<void> {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length > 0 && !list.hidden) {
      event.preventDefault();
      active = (active + step + found.length) % found.length;
      render();
      document.getElementById(`place-${active}`)?.scrollIntoView({ block: 'nearest' });
    } else if (step) {
      event.preventDefault();
      await search();
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const point = readPoint(input.value);
      if (point) return take({ kind: 'point', ...point, name: null });
      // Whoever types fast has pressed Enter before the list is there.
      if (list.hidden || found.length === 0) await search();
      const place = found[Math.max(0, active)];
      if (place && !failed) takePlace(place);
    }
  }

  return {
    /** Shows where the walk starts, unless the visitor is writing. */
    show(start: Start | null): void {
      if (document.activeElement === input && start === null) return;
      input.value = start ? (start.name ?? pointText(start)) : '';
      clear.hidden = start === null;
    },
    words(): void {
      input.setAttribute('aria-label', say('where'));
      input.placeholder = say('wherePlaceholder');
      list.setAttribute('aria-label', say('places'));
      for (const [button, word] of [
        [clear, 'clear'],
        [here, 'here'],
      ] as const) {
        button.setAttribute('aria-label', say(word));
        button.title = say(word);
      }
    },
    focus: () => input.focus(),
  };
}
