import type { Tags } from '../pbf/tags.js';

const ALLOWED = new Set(['yes', 'designated', 'permissive', 'official', 'destination', 'customers', 'public']);
const FORBIDDEN = new Set([
  'no',
  'private',
  'restricted',
  'military',
  'emergency',
  'permit',
  'use_sidepath',
  'residents',
]);

/**
 * What the most special of some access tags says.
 * @param keys from the most special to the most general
 * @returns true allowed, false forbidden, null when none of them says either
 */
export function access(
  tags: Tags,
  keys: readonly string[],
  forbidden: ReadonlySet<string> = FORBIDDEN,
): boolean | null {
  for (const key of keys) {
    const value = tags[key];
    if (value === undefined) continue;
    if (forbidden.has(value)) return false;
    if (ALLOWED.has(value)) return true;
  }
  return null;
}

export { FORBIDDEN, type Tags };
