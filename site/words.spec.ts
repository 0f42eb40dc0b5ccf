import { describe, expect, test } from '@jest/globals';
import { filled, LANGUAGE_NAMES, LANGUAGES, languageOf } from './words.js';

const places = (sentence: string): string[] => [...sentence.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe.each(Object.entries(LANGUAGES))('the page in %s', (language, words) => {
  test('lacks no word and has none that English lacks', () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(LANGUAGES.en).sort());
    expect(Object.entries(words).filter(([, text]) => text.trim() === '')).toEqual([]);
    expect(LANGUAGE_NAMES).toHaveProperty(language);
  });

  test('says each value that English says', () => {
    for (const [key, sentence] of Object.entries(LANGUAGES.en)) {
      expect([key, places(words[key as keyof typeof words])]).toEqual([key, places(sentence)]);
    }
  });
});

test('the first language of the visitor that the page speaks is taken, English where it speaks none', () => {
  expect(languageOf(['pt-PT', 'de-AT', 'en'])).toBe('de');
  expect(languageOf(['ca'])).toBe('ca');
  expect(languageOf(['ja'])).toBe('en');
  expect(languageOf([])).toBe('en');
});

test('a value takes its place, and a place without one stays to be seen', () => {
  expect(filled('{n} of {all}', { n: 2 })).toBe('2 of {all}');
});
