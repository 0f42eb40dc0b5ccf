import { ca } from './words/ca.js';
import { de } from './words/de.js';
import { en, type Words } from './words/en.js';
import { es } from './words/es.js';
import { fr } from './words/fr.js';
import { it } from './words/it.js';

export type Word = keyof Words;

export const LANGUAGES = { en, de, fr, es, ca, it } as const satisfies Record<string, Words>;
export type Language = keyof typeof LANGUAGES;

export const LANGUAGE_NAMES: Record<Language, string> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ca: 'Català',
  it: 'Italiano',
};

/** The first of the visitor's languages that the page speaks. */
export function languageOf(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const language = tag.slice(0, 2).toLowerCase();
    if (language in LANGUAGES) return language as Language;
  }
  return 'en';
}

/** Puts values where a sentence names them in braces. */
export const filled = (sentence: string, values: Record<string, string | number> = {}): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
