import type { Loop } from '../api.js';
import { say } from '../settings.js';
import type { Writer } from '../units.js';
import type { Word } from '../words.js';

const byKind: Record<string, Word> = {
  peak: 'titleRound',
  round: 'titleRound',
  lake: 'titleAlong',
  water: 'titleAlong',
  along: 'titleAlong',
  saddle: 'titleOver',
  over: 'titleOver',
};

/** How a loop is called: after what it goes round, along or over, else after where it starts. */
export function titleOf({ properties }: Loop, write: Writer): string {
  const { title, trailhead, names, lengthMeters } = properties;
  if (title?.name) return say(byKind[title.kind] ?? 'titleFrom', { name: title.name });
  if (names[0]) return names.slice(0, 2).join(' – ');
  if (trailhead.name) return say('titleFrom', { name: trailhead.name });
  return say('titlePlain', { length: write.distance(lengthMeters) });
}
