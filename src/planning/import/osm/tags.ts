import type { Tags } from '../pbf/tags.js';

/** The values of a tag: several stand in one text, with semicolons between them, or what some take for semicolons. */
export const valuesOf = (value: string | undefined): string[] =>
  value === undefined ? [] : value.split(/[;,|]/).flatMap((part) => part.trim().toLowerCase() || []);

/** Whether a tag says that something is so, in whatever way. */
export const isSet = (value: string | undefined): boolean => value !== undefined && value !== 'no' && value !== '';

/**
 * A condition on tags in the wiki's notation: `key=value|other`, `key=*` (anything but `no`), `key!=value|other` (there, and
 * something else), `!` before a key for the contrary, ` + ` between conditions that must all hold. Of a list in a tag one
 * value is enough.
 * @returns whether tags fulfil it
 */
export function condition(pattern: string): (tags: Tags) => boolean {
  const parts = pattern.split(' + ').map((part) => {
    const negated = part.startsWith('!');
    const [name = '', values = ''] = part.slice(negated ? 1 : 0).split('=');
    const others = name.endsWith('!');
    const wanted = values === '*' ? null : new Set(values.split('|'));
    return { key: others ? name.slice(0, -1) : name, wanted, negated, others };
  });
  return (tags) => {
    for (const { key, wanted, negated, others } of parts) {
      const value = tags[key];
      const holds =
        wanted === null
          ? isSet(value)
          : value !== undefined &&
            valuesOf(value).some((one) => wanted.has(one) !== others && !(others && one === 'no'));
      if (holds === negated) return false;
    }
    return true;
  };
}
export type { Tags };
