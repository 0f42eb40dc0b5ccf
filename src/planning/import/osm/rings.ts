import { distanceMetersE7 } from '../../network/geodesy.js';
import { turnE7 } from '../../network/longitude.js';

/** Where nodes lie, degrees × 1e7. */
export interface Places {
  lonE7: ArrayLike<number>;
  latE7: ArrayLike<number>;
}

/**
 * Joins ways end to end to closed rings (wiki.openstreetmap.org/wiki/Relation:multipolygon); what does not close is left
 * out, for the border of the extract cuts it.
 * @param ways nodes by number
 * @returns first node = last node
 */
export function ringsOf(ways: readonly number[][]): number[][] {
  const rings: number[][] = [];
  const open = new Map<number, number[][]>();
  const put = (line: number[]): void => {
    for (const end of [line[0]!, line.at(-1)!]) open.set(end, [...(open.get(end) ?? []), line]);
  };
  const take = (line: number[]): void => {
    for (const end of [line[0]!, line.at(-1)!])
      open.set(
        end,
        (open.get(end) ?? []).filter((other) => other !== line),
      );
  };
  for (const way of ways) {
    let line = way;
    while (line.length > 1 && line[0] !== line.at(-1)) {
      const end = line.at(-1)!;
      const next = open.get(end)?.[0] ?? open.get(line[0]!)?.[0];
      if (!next) break;
      take(next);
      if (next[0] === end) line = [...line, ...next.slice(1)];
      else if (next.at(-1) === end) line = [...line, ...next.toReversed().slice(1)];
      else if (next.at(-1) === line[0]) line = [...next, ...line.slice(1)];
      else line = [...next.toReversed(), ...line.slice(1)];
    }
    if (line.length > 3 && line[0] === line.at(-1)) rings.push(line);
    else if (line.length > 1) put(line);
  }
  return rings;
}

/** Whether a point lies in an odd number of rings. */
export function isInside(
  rings: readonly number[][],
  { lonE7, latE7 }: Places,
  atLonE7: number,
  atLatE7: number,
): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1]!, ring[i]!];
      const [y1, y2] = [latE7[a]! - atLatE7, latE7[b]! - atLatE7];
      if (y1 > 0 === y2 > 0) continue;
      const x1 = turnE7(atLonE7, lonE7[a]!);
      const x2 = turnE7(atLonE7, lonE7[b]!);
      if (x1 + ((x2 - x1) * -y1) / (y2 - y1) > 0) inside = !inside;
    }
  }
  return inside;
}

/** On which side of the line a–b a node lies: positive on its left. */
function side({ lonE7, latE7 }: Places, a: number, b: number, c: number): number {
  const bx = turnE7(lonE7[a]!, lonE7[b]!);
  const cx = turnE7(lonE7[a]!, lonE7[c]!);
  return bx * (latE7[c]! - latE7[a]!) - cx * (latE7[b]! - latE7[a]!);
}

/** Whether the straight line between two nodes of a rim stays within it. */
function staysInside(rings: readonly number[][], at: Places, a: number, b: number): boolean {
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [c, d] = [ring[i - 1]!, ring[i]!];
      if (c === a || c === b || d === a || d === b) continue;
      if (side(at, a, b, c) > 0 !== side(at, a, b, d) > 0 && side(at, c, d, a) > 0 !== side(at, c, d, b) > 0)
        return false;
    }
  }
  const lon = at.lonE7[a]! + turnE7(at.lonE7[a]!, at.lonE7[b]!) / 2;
  return isInside(rings, at, lon, (at.latE7[a]! + at.latE7[b]!) / 2);
}

/** More entries than that and a square is walked along its rim alone. */
const MOST_ENTRIES = 40;
/** A straight line is worth having where the ways that there are already are so much longer. */
const DETOUR = 1.1;

interface Line {
  from: number;
  to: number;
  meters: number;
  nodes: number[];
}

/**
 * The lines over a square from entry to entry: straight where that stays on it, else along its rim; shortest first and
 * only those without which one would have to go round (a greedy spanner: Althöfer et al., "On sparse spanners of weighted
 * graphs", 1993).
 * @param entries nodes of the rim where other ways begin
 * @returns the nodes of each line
 */
export function crossings(rings: readonly number[][], entries: ReadonlySet<number>, at: Places): number[][] {
  const metersOf = (a: number, b: number): number =>
    distanceMetersE7(at.lonE7[a]!, at.latE7[a]!, at.lonE7[b]!, at.latE7[b]!);
  const lines: Line[] = rings.flatMap((ring) => alongRim(ring, entries, metersOf));
  const ends = [...new Set(rings.flat().filter((node) => entries.has(node)))];
  if (ends.length <= MOST_ENTRIES) {
    for (const [i, from] of ends.entries()) {
      for (const to of ends.slice(i + 1)) {
        if (staysInside(rings, at, from, to)) lines.push({ from, to, meters: metersOf(from, to), nodes: [from, to] });
      }
    }
  }
  const chosen: Line[] = [];
  for (const line of lines.sort((a, b) => a.meters - b.meters)) {
    if (line.from !== line.to && distance(chosen, line.from, line.to) > DETOUR * line.meters) chosen.push(line);
  }
  return chosen.map(({ nodes }) => nodes);
}

/** The rim from each entry to the next. */
function alongRim(ring: number[], entries: ReadonlySet<number>, metersOf: (a: number, b: number) => number): Line[] {
  const lines: Line[] = [];
  const first = ring.findIndex((node) => entries.has(node));
  if (first < 0) return lines;
  const turned = [...ring.slice(first, -1), ...ring.slice(0, first), ring[first]!];
  let nodes = [turned[0]!];
  let meters = 0;
  for (let i = 1; i < turned.length; i++) {
    nodes.push(turned[i]!);
    meters += metersOf(turned[i - 1]!, turned[i]!);
    if (!entries.has(turned[i]!)) continue;
    lines.push({ from: nodes[0]!, to: turned[i]!, meters, nodes });
    nodes = [turned[i]!];
    meters = 0;
  }
  return lines;
}

/** By the lines chosen so far; there are few. */
function distance(lines: Line[], from: number, to: number): number {
  const known = new Map([[from, 0]]);
  for (let changed = true; changed; ) {
    changed = false;
    for (const line of lines) {
      for (const [a, b] of [
        [line.from, line.to],
        [line.to, line.from],
      ] as const) {
        const reach = (known.get(a) ?? Number.POSITIVE_INFINITY) + line.meters;
        if (reach >= (known.get(b) ?? Number.POSITIVE_INFINITY)) continue;
        known.set(b, reach);
        changed = true;
      }
    }
  }
  return known.get(to) ?? Number.POSITIVE_INFINITY;
}
