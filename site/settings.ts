import { type Units, unitsOf } from './units.js';
import { filled, LANGUAGES, type Language, languageOf, type Word } from './words.js';

export type Theme = 'light' | 'dark' | 'system';

/** What a browser remembers of its visitor's taste; the page works where it may remember nothing. */
function remembered<T extends string>(key: string, allowed: readonly T[]): T | null {
  try {
    return allowed.find((one) => one === localStorage.getItem(`loopwright.${key}`)) ?? null;
  } catch {
    return null;
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`loopwright.${key}`, value);
  } catch {
    // A private window: it holds until the page is closed.
  }
}

const languages = Object.keys(LANGUAGES) as Language[];

export const settings = {
  language: remembered('language', languages) ?? languageOf(navigator.languages),
  units: remembered<Units>('units', ['metric', 'imperial']) ?? unitsOf(navigator.language),
  theme: remembered<Theme>('theme', ['light', 'dark', 'system']) ?? 'system',
};

const listeners: (() => void)[] = [];
export const onSettings = (listener: () => void): number => listeners.push(listener);

const prefersDark = matchMedia('(prefers-color-scheme: dark)');
export const isDark = (): boolean => (settings.theme === 'system' ? prefersDark.matches : settings.theme === 'dark');

function dress(): void {
  const { dataset, lang } = document.documentElement;
  dataset.theme = isDark() ? 'dark' : 'light';
  if (lang !== settings.language) document.documentElement.lang = settings.language;
  const land = isDark() ? '#1b1f20' : '#f4f2e9';
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', land);
}
dress();
prefersDark.addEventListener('change', () => {
  dress();
  for (const listener of listeners) listener();
});

export function change<K extends keyof typeof settings>(key: K, value: (typeof settings)[K]): void {
  settings[key] = value;
  remember(key, value);
  dress();
  for (const listener of listeners) listener();
}

/** The page's word in the visitor's language. */
export const say = (word: Word, values?: Record<string, string | number>): string =>
  filled(LANGUAGES[settings.language][word], values);

/** The same, for words that data name: null where there is none. */
export const sayIf = (word: string): string | null => (word in LANGUAGES.en ? say(word as Word) : null);
