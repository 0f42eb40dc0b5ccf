import type { Area } from '../../network/area.js';
import { isTrail } from '../../network/network.js';
import type { Loop } from '../loop-request.js';

/** As names are compared: without accents, capitals and what stands between words. */
const folded = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** A name and, where it is one in several languages (`Kaiserweg / Sentiero imperiale`), each of them. */
const spellings = (name: string): string[] => [name, ...name.split(/\s*(?:\/|;|\s[-–]\s)\s*/)].map(folded);

/** What is called something on a segment: the trail itself, then the hiking routes along it. */
function* namesOf(area: Area, segment: number): Generator<{ kind: 'trail' | 'route'; name: string }> {
  const { columns, strings } = area.tiles[area.tileOf[segment]];
  const slot = area.slotOf[segment];
  if (isTrail(area.kind[segment]) && columns.name[slot] !== 0) {
    yield { kind: 'trail', name: strings[columns.name[slot]] };
  }
  for (let k = columns.routeOffset[slot]; k < columns.routeOffset[slot + 1]; k++) {
    yield { kind: 'route', name: strings[columns.routes[k]] };
  }
}

/** Names of trails and hiking routes in the order they are followed, none twice, in whatever language or spelling. */
export function namesAlong(area: Area, segments: ArrayLike<number>): string[] {
  const names: string[] = [];
  const known = new Set<string>();
  let last = '';
  for (let i = 0; i < segments.length; i++) {
    const here = [...namesOf(area, segments[i])].map(({ name }) => name);
    // A route that goes on keeps its name.
    if (here.length === 0 || here.includes(last)) continue;
    last = here[0];
    const own = spellings(last);
    if (own.some((spelling) => known.has(spelling))) continue;
    names.push(last);
    for (const spelling of own) known.add(spelling);
  }
  return names;
}

/** The hiking route, else the named trail, that is followed farthest; null when none is. */
export function followedMost(area: Area, segments: ArrayLike<number>): Loop['followed'] {
  const meters = new Map<string, { kind: 'trail' | 'route'; name: string; meters: number }>();
  for (let i = 0; i < segments.length; i++) {
    for (const each of namesOf(area, segments[i])) {
      const key = `${each.kind} ${each.name}`;
      const known = meters.get(key) ?? { ...each, meters: 0 };
      known.meters += area.lengthMeters[segments[i]];
      meters.set(key, known);
    }
  }
  const rank = ({ kind }: { kind: 'trail' | 'route' }): number => (kind === 'route' ? 0 : 1);
  const [most] = [...meters.values()].sort(
    (a, b) => b.meters - a.meters || rank(a) - rank(b) || (a.name < b.name ? -1 : 1),
  );
  return most ?? null;
}
