import { ascentOf, type HeightAt } from './heights.js';
import type { Edge, Point, RawArea, RawMap, Tags } from './raw-map.js';
import { keyOf } from './raw-map.js';
import { gradesOf, isOffGround, isTrail, isYes, mustTell, stops, whyNot } from './tags.js';

/** What an answer says of a loop; more of it is not looked at. */
export interface Told {
  geometry: { type: string; coordinates: unknown };
  properties: {
    lengthMeters: number;
    ascentMeters: number | null;
    descentMeters: number | null;
    ascentAtLeastMeters: number;
    descentAtLeastMeters: number;
    unknownHeightMeters: number;
    durationSeconds: number;
    trailShare: number;
    difficulty: string | null;
    ungradedMeters: number;
    title: { kind: string; name: string } | null;
    names: string[];
    trailhead: { name: string | null };
    warnings: { code: string; detail: string }[];
  };
}

export const SUBJECTS = [
  'permission',
  'grade',
  'names',
  'climb',
  'time',
  'length',
  'trail share',
  'title',
  'warnings',
] as const;
export type Untruth = { subject: (typeof SUBJECTS)[number]; why: string };

/** A stretch of a loop along one way of the map, or over a square. */
interface Leg {
  points: Point[];
  meters: number;
  tags: Tags;
  edge: Edge | null;
}

const EARTH_METERS = 6_371_008.8;
const rad = Math.PI / 180;

export function metersBetween([lon1, lat1]: Point, [lon2, lat2]: Point): number {
  const [dLat, dLon] = [(lat2 - lat1) * rad, (lon2 - lon1) * rad];
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_METERS * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Metres from a point to the straight line between two others. */
function offLine([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
  const scale = Math.cos(y1 * rad);
  const [dx, dy] = [(x2 - x1) * scale, y2 - y1];
  const [px, py] = [(x - x1) * scale, y - y1];
  const share = Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(px - share * dx, py - share * dy) * rad * EARTH_METERS;
}

const isSquare = ({ tags }: RawArea): boolean => 'highway' in tags || 'man_made' in tags || 'railway' in tags;

/** Most points that heights add between two nodes. */
const MOST_ADDED = 400;

/** Holds what is said of loops against the map they were planned on. */
export class Judge {
  /** Points where a way that is walked lies on the ground, or where no way goes on: there bridges and tunnels end. */
  readonly #onGround = new Set<string>();

  constructor(
    readonly map: RawMap,
    readonly heightAt: HeightAt | null,
  ) {
    const beside = new Map<string, Set<string>>();
    for (const { tags, points } of map.ways.values()) {
      if (whyNot(tags, true) !== null && whyNot(tags, false) !== null) continue;
      const keys = points.map(keyOf);
      for (const [i, key] of keys.entries()) {
        if (!isOffGround(tags)) this.#onGround.add(key);
        const known = beside.get(key) ?? new Set();
        for (const other of [keys[i - 1], keys[i + 1]]) if (other !== undefined) known.add(other);
        beside.set(key, known);
      }
    }
    for (const [key, others] of beside) if (others.size === 1) this.#onGround.add(key);
  }

  /**
   * @param hardest T number asked for, if any
   * @param hasDate a day was asked for: then what is open on it need not be told, and what is open at times may be walked
   * @returns what is untrue
   */
  judge({ geometry, properties: told }: Told, hardest: number | null, hasDate = false): Untruth[] {
    const found: Untruth[] = [];
    const say = (subject: Untruth['subject'], why: string): void => {
      found.push({ subject, why });
    };
    const points = (geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates) as number[][][];
    const line = points.flat().map(([lon, lat]): Point => [lon!, lat!]);
    const legs = this.#follow(line, say);
    const meters = legs.reduce((sum, leg) => sum + leg.meters, 0);
    if (Math.abs(meters - told.lengthMeters) > 1 + 0.001 * meters)
      say('length', `${told.lengthMeters} m told, ${meters.toFixed(1)} m walked`);
    this.#nodes(legs, say);
    if (!hasDate && legs.some(({ tags }) => tags.seasonal === 'winter' || isYes(tags.winter_road)))
      say('permission', 'a way of the winter, unasked');
    const trail = legs.reduce((sum, leg) => sum + (isTrail(leg.tags) ? leg.meters : 0), 0) / meters;
    if (Math.abs(trail - told.trailShare) > 0.005)
      say('trail share', `${told.trailShare} told, ${trail.toFixed(3)} by tags`);
    this.#grade(legs, told, hardest, say);
    this.#names(legs, told, meters, say);
    for (const code of new Set(legs.flatMap((leg) => mustTell(leg.tags)))) {
      const metersOf = legs.reduce((sum, leg) => sum + (mustTell(leg.tags).includes(code) ? leg.meters : 0), 0);
      if (code === 'closed-at-times' && hasDate) continue;
      if (metersOf > 0.5 && !told.warnings.some((warning) => warning.code === code))
        say('warnings', `${code} is not told`);
    }
    this.#climb(legs, told, say);
    const { lengthMeters: length, ascentAtLeastMeters: up, descentAtLeastMeters: down } = told;
    const [flat, steep] = [length / 4_000, up / 300 + down / 500];
    const seconds = 3_600 * (Math.max(flat, steep) + Math.min(flat, steep) / 2);
    if (Math.abs(seconds - told.durationSeconds) > 2)
      say('time', `${told.durationSeconds} s told, ${Math.round(seconds)} s by the formula`);
    const isBound = told.unknownHeightMeters > 0;
    if (isBound && !told.warnings.some(({ code }) => code === 'unknown-heights'))
      say('time', 'is a bound and does not say so');
    return found;
  }

  /** The stretches of a line, each along a way that may be walked in that direction. */
  #follow(line: Point[], say: (subject: Untruth['subject'], why: string) => void): Leg[] {
    const legs: Leg[] = [];
    for (let i = 0; i + 1 < line.length; ) {
      const { leg, end, why } = this.#next(line, i);
      if (why !== null) say('permission', why);
      legs.push(leg);
      i = end;
    }
    return legs;
  }

  #next(line: Point[], from: number): { leg: Leg; end: number; why: string | null } {
    const start = line[from]!;
    let refused: { leg: Leg; end: number; why: string } | null = null;
    const legOf = (end: number, tags: Tags, edge: Edge | null): Leg => {
      const points = line.slice(from, end + 1);
      const meters = points.slice(1).reduce((sum, point, i) => sum + metersBetween(points[i]!, point), 0);
      return { points, meters, tags, edge };
    };
    const isStraight = (end: number): boolean =>
      line.slice(from + 1, end).every((point) => offLine(point, start, line[end]!) < 0.5);
    for (let end = from + 1; end < line.length && end <= from + MOST_ADDED; end++) {
      const to = line[end]!;
      if (!isStraight(end)) break;
      const edges = this.map.edgesBetween(start, to);
      const open = edges.find(({ way, forward }) => whyNot(way.tags, forward) === null);
      if (open) return { leg: legOf(end, open.way.tags, open), end, why: null };
      const square = this.map
        .areasThrough(start, to)
        .find((area) => isSquare(area) && whyNot(area.tags, true) === null);
      // A square is no trail, a pier is.
      const paved = square && 'highway' in square.tags ? { ...square.tags, footway: 'sidewalk' } : square?.tags;
      if (paved) return { leg: legOf(end, paved, null), end, why: null };
      const [edge] = edges;
      if (edge && !refused) {
        const why = `way ${edge.way.id}: ${whyNot(edge.way.tags, edge.forward)}`;
        refused = { leg: legOf(end, edge.way.tags, edge), end, why };
      }
      if (keyOf(start) === keyOf(to)) return { leg: legOf(end, {}, null), end, why: null };
    }
    return refused ?? { leg: legOf(from + 1, {}, null), end: from + 1, why: `no way at ${start.join(',')}` };
  }

  #nodes(legs: Leg[], say: (subject: Untruth['subject'], why: string) => void): void {
    // The first is where the walk begins: nobody passes it.
    for (const { points } of legs.slice(1)) {
      const at = keyOf(points[0]!);
      if (this.map.nodes.get(at)?.some(stops)) say('permission', `a closed gate at ${at}`);
    }
  }

  #grade(
    legs: Leg[],
    told: Told['properties'],
    hardest: number | null,
    say: (subject: Untruth['subject'], why: string) => void,
  ): void {
    // A ladder on a node makes the stretches beside it hard.
    const grades = legs.map(({ tags, points }) =>
      [points[0]!, points.at(-1)!]
        .flatMap((point) => this.map.nodes.get(keyOf(point)) ?? [])
        .map(gradesOf)
        .reduce((a, b) => ({ least: Math.max(a.least, b.least), most: Math.max(a.most, b.most) }), gradesOf(tags)),
    );
    const least = Math.max(0, ...grades.map((grade) => grade.least));
    const most = Math.max(0, ...grades.map((grade) => grade.most));
    const said = told.difficulty === null ? 0 : Number(told.difficulty.slice(1));
    if (said < least || said > most) say('grade', `T${said} told, T${least} to T${most} by tags`);
    if (hardest !== null && least > hardest) say('grade', `T${least} where T${hardest} was asked`);
    const unknown = legs.reduce(
      (sum, leg, i) => sum + (isTrail(leg.tags) && grades[i]!.most === 0 ? leg.meters : 0),
      0,
    );
    if (Math.abs(unknown - told.ungradedMeters) > 5 + 0.005 * unknown) {
      say('grade', `${told.ungradedMeters} m ungraded told, ${unknown.toFixed(0)} m by tags`);
    }
  }

  #names(
    legs: Leg[],
    told: Told['properties'],
    total: number,
    say: (subject: Untruth['subject'], why: string) => void,
  ): void {
    const own = new Map<string, number>();
    const routes = new Map<string, number>();
    const add = (names: Map<string, number>, name: string, meters: number): void => {
      names.set(name, (names.get(name) ?? 0) + meters);
    };
    for (const { edge, meters, tags } of legs) {
      if (tags.name) add(own, tags.name, meters);
      if (edge) for (const name of this.map.namesOf(edge.way).routes) add(routes, name, meters);
    }
    for (const name of told.names) if (!own.has(name) && !routes.has(name)) say('names', `${name} is not followed`);
    if (new Set(told.names).size < told.names.length) say('names', 'a name stands twice');
    const { title, trailhead } = told;
    if (title === null) return;
    if (title.kind === 'trailhead' ? title.name !== trailhead.name : title.kind !== 'route' && title.kind !== 'trail') {
      say('title', `${title.kind} ${title.name}`);
    }
    const followed = (title.kind === 'route' ? routes : own).get(title.name) ?? 0;
    if (title.kind !== 'trailhead' && followed < 0.49 * total)
      say('title', `${title.name} is followed for ${Math.round((100 * followed) / total)} %`);
  }

  #climb(legs: Leg[], told: Told['properties'], say: (subject: Untruth['subject'], why: string) => void): void {
    if (told.ascentMeters !== told.descentMeters)
      say('climb', `${told.ascentMeters} m up and ${told.descentMeters} m down in a round`);
    if (this.heightAt === null) {
      if (told.ascentMeters !== null) say('climb', 'is told where no height is known');
      return;
    }
    const heights = legs.flatMap((leg) => this.#heightsAlong(leg));
    const known = evenly(heights);
    const ascent = ascentOf(known);
    if (ascent === null || told.ascentMeters === null) return;
    if (Math.abs(ascent - told.ascentMeters) > 20 + 0.03 * ascent)
      say('climb', `${told.ascentMeters} m told, ${ascent.toFixed(0)} m by the model`);
  }

  /** Heights every 15 m; where the way is off the ground a distance alone, to be filled evenly. */
  #heightsAlong({ points, tags }: Leg): { height: number; isOff: boolean; meters: number }[] {
    const [a, b] = [points[0]!, points.at(-1)!];
    const meters = metersBetween(a, b);
    const parts = Math.max(1, Math.ceil(meters / 15));
    return Array.from({ length: parts }, (_, i) => {
      const share = i / parts;
      const at: Point = [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
      const isOff = isOffGround(tags) && !(i === 0 && this.#onGround.has(keyOf(a)));
      return { height: this.heightAt!(...at), isOff, meters: meters / parts };
    });
  }
}

/** Heights with those off the ground filled evenly from the last on it to the next. */
function evenly(samples: { height: number; isOff: boolean; meters: number }[]): number[] {
  const first = samples.findIndex(({ isOff }) => !isOff);
  if (first < 0) return samples.map(({ height }) => height);
  const round = [...samples.slice(first), ...samples.slice(0, first)];
  const heights: number[] = [];
  for (let i = 0; i < round.length; ) {
    if (!round[i]!.isOff) {
      heights.push(round[i++]!.height);
      continue;
    }
    // The sample before is the last on the ground: the first of all is on it.
    const last = i - 1;
    let end = i;
    while (end < round.length && round[end]!.isOff) end++;
    const low = round[last]!.height;
    const high = round[end % round.length]!.height;
    const total = round.slice(last, end).reduce((sum, { meters }) => sum + meters, 0);
    let along = 0;
    for (; i < end; i++) {
      along += round[i - 1]!.meters;
      heights.push(low + ((high - low) * along) / total);
    }
  }
  return heights;
}
