import { foldName } from './fold-name.js';

/** Before a skeleton, so that it never meets a typed name: folded names hold letters, digits and spaces alone. */
const SKELETON_MARK = '~';

/**
 * Longer ones are cut, so that every database can keep them in an index: PostgreSQL takes 2 704 bytes, and the letters of
 * a name of 255 may become many times as many when they are folded.
 */
const LONGEST_KEY = 255;
/** From so many words on a name can be found; nobody begins to type at a later one. */
const MOST_WORDS = 40;

/** Not in the middle of a character that takes two. */
const cut = (key: string): string =>
  key.length <= LONGEST_KEY
    ? key
    : key
        .slice(0, LONGEST_KEY)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd();

/**
 * What is left of a folded name when its vowels and its doubled letters are gone: most misspellings of a name share it.
 * @returns with its mark; only the mark when nothing is left
 */
export function skeletonOf(folded: string): string {
  return SKELETON_MARK + folded.replace(/[aeiouy ]/g, '').replace(/(.)\1+/gu, '$1');
}

/** Before a whole name, so that a word at the end of a longer one is not taken for it. */
const WHOLE_MARK = '=';
export const wholeKeyOf = (folded: string): string => WHOLE_MARK + folded;

/** Before a name in the one spelling that stands for all. */
const COMMON_MARK = '%';
const SAINTS = new Set('s st sta ste san sant santa sankt sankta saint sainte santo sao sveti sveta szent'.split(' '));

/** A folded name with its saints as `st` and the other spelling of umlauts (`ue` for `ü`) undone. */
export const commonSpelling = (folded: string): string =>
  folded
    .split(' ')
    .map((word) => (SAINTS.has(word) ? 'st' : word.replace(/([aou])e/g, '$1')))
    .join(' ');
export const commonKeyOf = (folded: string): string => COMMON_MARK + commonSpelling(folded);

/** What stands between the languages of a name. */
const BETWEEN_LANGUAGES = /\s[-–]\s|\s*\/\s*|\s*;\s*/;

/**
 * The keys under which a place is stored (`place_name.folded`), so that each search is a range of one index: every name
 * whole, from the beginning of each further word on, in the common spelling where that differs, and as its skeleton.
 *
 * @param names the place's name and its other names, as they are written
 * @returns without repetition; empty when no name holds a letter or digit
 */
export function searchKeys(names: string[]): string[] {
  const keys = new Set<string>();
  for (const name of names) {
    const folded = foldName(name);
    if (folded === '') continue;
    for (let at = 0, word = 0; at !== -1 && word < MOST_WORDS; at = folded.indexOf(' ', at + 1), word++) {
      const fromHere = cut(folded.slice(at).trimStart());
      keys.add(fromHere);
      if (commonSpelling(fromHere) !== fromHere) keys.add(commonKeyOf(fromHere));
    }
    for (const whole of [folded, ...name.split(BETWEEN_LANGUAGES, MOST_WORDS).map(foldName)]) {
      if (whole !== '') keys.add(wholeKeyOf(cut(whole)));
    }
    const skeleton = skeletonOf(folded);
    if (skeleton !== SKELETON_MARK) keys.add(cut(skeleton));
  }
  return [...keys];
}
