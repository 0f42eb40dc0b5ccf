import { ACCESS_KEYS, ACCESS_WORDS, CAR_WORDS } from './rules.js';
import { type Tags, valuesOf } from './tags.js';

/** What an access tag says; `unclear` is a word that is not understood. */
export type Verdict = 'open' | 'limited' | 'closed' | 'unsaid' | 'unclear';

function wordsFor(own: Partial<Record<Verdict, readonly string[]>>): Map<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  for (const words of [ACCESS_WORDS, own]) {
    for (const [verdict, list] of Object.entries(words)) {
      for (const word of list) verdicts.set(word, verdict as Verdict);
    }
  }
  return verdicts;
}

const FOOT_WORDS = wordsFor({});
const DRIVER_WORDS = wordsFor(CAR_WORDS);

/** Of a list the kindest word counts, but what is not understood opens nothing. */
const KINDEST: readonly Verdict[] = ['open', 'limited', 'closed', 'unclear', 'unsaid'];

function verdictOf(value: string | undefined, words: Map<string, Verdict>): Verdict {
  const said = valuesOf(value).map((word) => words.get(word) ?? 'unclear');
  return KINDEST.find((verdict) => said.includes(verdict)) ?? 'unsaid';
}

function firstSaid(tags: Tags, keys: readonly string[], words: Map<string, Verdict>): Verdict {
  let found: Verdict = 'unsaid';
  for (const key of keys) {
    const verdict = verdictOf(tags[key], words);
    if (verdict === 'unsaid' || verdict === 'unclear') {
      if (verdict === 'unclear') found = 'unclear';
      continue;
    }
    // A word that is not understood opens nothing that a more general key closes, and is told where that one opens.
    return found === 'unclear' && verdict !== 'closed' ? 'unclear' : verdict;
  }
  return found;
}

/** What the tags say to a walker. @param keys from the most special to the most general */
export const footAccess = (tags: Tags, keys: readonly string[] = ACCESS_KEYS.foot): Verdict =>
  firstSaid(tags, keys, FOOT_WORDS);

/** What the tags say to a visitor who drives a car. */
export const carAccess = (tags: Tags): Verdict => firstSaid(tags, ACCESS_KEYS.car, DRIVER_WORDS);

export const mayWalk = (verdict: Verdict): boolean => verdict !== 'closed';
export const mayDrive = (verdict: Verdict): boolean => verdict !== 'closed' && verdict !== 'unclear';
export const isOpen = (verdict: Verdict): boolean => verdict === 'open' || verdict === 'limited';
