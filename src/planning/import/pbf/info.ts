import type { Block } from './block.js';
import { Cursor, type Span } from './cursor.js';

const TIMESTAMP = 2;
const VISIBLE = 6;

/** What is known of an element's past (Info). */
export interface Info {
  /** When it was last changed, milliseconds since 1970; NaN when it does not say. */
  changedAtMs: number;
  /** False when the element was deleted and is only remembered. */
  visible: boolean;
}

/** @throws BadBlock when it is damaged */
export function readInfo({ bytes, dateGranularity }: Block, span: Span): Info {
  const info: Info = { changedAtMs: Number.NaN, visible: true };
  const cursor = new Cursor(bytes, span);
  while (cursor.next()) {
    if (cursor.field === TIMESTAMP) info.changedAtMs = cursor.number() * dateGranularity;
    else if (cursor.field === VISIBLE) info.visible = cursor.number() !== 0;
    else cursor.skip();
  }
  return info;
}
