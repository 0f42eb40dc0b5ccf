/** Letters that Unicode does not take apart into a base letter and a mark. */
const WHOLE_LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/**
 * A name as it is compared in searches: lower case, without accents, words apart by single spaces, everything but
 * letters and digits gone. Stored names and typed ones go through here alike.
 *
 * @returns may be empty (a name of punctuation alone)
 */
export function foldName(name: string): string {
  return (
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[ßæœøđðłþı]/g, (letter) => WHOLE_LETTERS[letter]!)
      // The dot of the Catalan l·l joins one word, and so do marks that NFKD has split off.
      .replace(/[\p{M}·]/gu, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  );
}
