import { foldName } from './fold-name.js';

/** Before a skeleton, so that it never meets a typed name: folded names hold letters, digits and spaces alone. */
const SKELETON_MARK = '~';

/**
 * What is left of a folded name when its vowels and its doubled letters are gone: most misspellings of a name share it.
 * @returns with its mark; only the mark when nothing is left
 */
export function skeletonOf(folded: string): string {
  return SKELETON_MARK + folded.replace(/[aeiouy ]/g, '').replace(/(.)\1+/gu, '$1');
}

/**
 * The keys under which a place is stored (`place_name.folded`), so that each search is a range of one index: every name
 * whole, from the beginning of each further word on, and as its skeleton.
 *
 * @param names the place's name and its other names, as they are written
 * @returns without repetition; empty when no name holds a letter or digit
 */
export function searchKeys(names: string[]): string[] {
  const keys = new Set<string>();
  for (const name of names) {
    const folded = foldName(name);
    if (folded === '') continue;
    for (let at = 0; at !== -1; at = folded.indexOf(' ', at + 1)) keys.add(folded.slice(at).trimStart());
    const skeleton = skeletonOf(folded);
    if (skeleton !== SKELETON_MARK) keys.add(skeleton);
  }
  return [...keys];
}
