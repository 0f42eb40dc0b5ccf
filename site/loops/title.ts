import type { Loop } from '../api.js';
import { say } from '../settings.js';
import type { Writer } from '../units.js';
import type { Word } from '../words.js';

type Kind = NonNullable<Loop['properties']['title']>['kind'];

const byKind: Record<Kind, Word> = { route: 'titleAlong', trail: 'titleAlong', trailhead: 'titleFrom' };

/** How a loop is called: after the route or trail that it follows or where it starts, as the server tells it. */
export function titleOf({ properties }: Loop, write: Writer): string {
  const { title, names, lengthMeters } = properties;
  // A route says more than a car park, also where less than half of the loop follows it.
  if (title !== null && (title.kind !== 'trailhead' || names.length === 0)) {
    return say(byKind[title.kind], { name: title.name });
  }
  if (names[0]) return names.slice(0, 2).join(' – ');
  return say('titlePlain', { length: write.distance(lengthMeters) });
}
