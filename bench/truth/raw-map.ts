import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Tags = Record<string, string>;
export type Point = [number, number];

/** A way as it is in the file. */
export interface RawWay {
  id: number;
  tags: Tags;
  points: Point[];
}

/** Ground with all its rims, holes among them. */
export interface RawArea {
  tags: Tags;
  rings: Point[][];
}

/** A relation that is a route. */
export interface RawRoute {
  tags: Tags;
  ways: number[];
  relations: number[];
}

/** One way between two points next to each other; `forward` when it was drawn that way round. */
export interface Edge {
  way: RawWay;
  forward: boolean;
}

/** Answers have six decimals. */
export const keyOf = ([lon, lat]: Point): string => `${Math.round(lon * 1e6)},${Math.round(lat * 1e6)}`;

interface Exported {
  id: string;
  properties: Tags;
  geometry: { type: string; coordinates: unknown };
}

/** Everything linear as lines, and the grounds that are asked for as areas, with nothing of the tags left out. */
const EXPORT = {
  linear_tags: true,
  area_tags: ['highway', 'man_made', 'railway', 'public_transport', 'landuse=military', 'military'],
};

/** An extract in its own words: what `osmium export` writes of it, and its routes as `osmium cat` does. */
export class RawMap {
  readonly ways = new Map<number, RawWay>();
  readonly nodes = new Map<string, Tags[]>();
  readonly areas: RawArea[] = [];
  readonly routes = new Map<number, RawRoute>();
  readonly edges = new Map<string, Edge[]>();
  /** Routes by way, and those that hold a route. */
  readonly routesOf = new Map<number, number[]>();
  readonly parents = new Map<number, number[]>();
  readonly #areasAt = new Map<string, RawArea[]>();

  constructor(file: string) {
    const folder = mkdtempSync(join(tmpdir(), 'loopwright-truth-'));
    try {
      // Some extracts are not in order, which `export` insists on.
      const sorted = join(folder, 'sorted.osm.pbf');
      execFileSync('osmium', ['sort', file, '-o', sorted], { stdio: 'ignore' });
      const config = join(folder, 'export.json');
      writeFileSync(config, JSON.stringify(EXPORT));
      const most = { maxBuffer: 2 ** 30, encoding: 'utf8' } as const;
      const words = ['export', '-f', 'geojsonseq', '-x', 'print_record_separator=false', '-u', 'type_id', '-c', config];
      // It ends with 1 when a way has nodes that the extract lacks: that one is left out.
      const { stdout } = spawnSync('osmium', [...words, sorted], most);
      for (const line of stdout.split('\n')) {
        if (line !== '') this.#take(JSON.parse(line) as Exported);
      }
      const routes = execFileSync('osmium', ['cat', '-t', 'relation', '-f', 'opl', sorted], most);
      for (const line of routes.split('\n')) if (line !== '') this.#takeRoute(line);
    } finally {
      rmSync(folder, { recursive: true });
    }
    for (const way of this.ways.values()) this.#enter(way);
    for (const area of this.areas) {
      for (const point of area.rings.flat()) push(this.#areasAt, keyOf(point), area);
    }
    for (const [id, { ways, relations }] of this.routes) {
      for (const way of ways) push(this.routesOf, way, id);
      for (const part of relations) push(this.parents, part, id);
    }
  }

  #take({ id, properties, geometry }: Exported): void {
    const number = Number(id.slice(1));
    if (geometry.type === 'Point') push(this.nodes, keyOf(geometry.coordinates as Point), properties);
    else if (geometry.type === 'LineString') {
      this.ways.set(number, { id: number, tags: properties, points: geometry.coordinates as Point[] });
    } else if (geometry.type === 'MultiPolygon') {
      this.areas.push({ tags: properties, rings: (geometry.coordinates as Point[][][]).flat() });
    }
  }

  /** One line in OPL: `r123 … T<tags> M<members>` (osmcode.org/opl-file-format). */
  #takeRoute(line: string): void {
    const field = (letter: string): string => new RegExp(`(?:^| )${letter}(\\S*)`).exec(line)?.[1] ?? '';
    const tags: Tags = {};
    for (const pair of field('T').split(',')) {
      const [key = '', value = ''] = pair.split('=').map(unescaped);
      tags[key] = value;
    }
    if (!/^(super)?route$/.test(tags.type ?? '') || !/^(hiking|foot|walking)$/.test(tags.route ?? '')) return;
    const members = field('M').split(',');
    const refs = (kind: string): number[] =>
      members.flatMap((member) => (member.startsWith(kind) ? [Number.parseInt(member.slice(1), 10)] : []));
    this.routes.set(Number.parseInt(line.slice(1), 10), { tags, ways: refs('w'), relations: refs('r') });
  }

  #enter(way: RawWay): void {
    for (let i = 1; i < way.points.length; i++) {
      const [a, b] = [keyOf(way.points[i - 1]!), keyOf(way.points[i]!)];
      push(this.edges, `${a} ${b}`, { way, forward: true });
      push(this.edges, `${b} ${a}`, { way, forward: false });
    }
  }

  edgesBetween = (a: Point, b: Point): Edge[] => this.edges.get(`${keyOf(a)} ${keyOf(b)}`) ?? [];
  /** Grounds whose rim goes through both points. */
  areasThrough = (a: Point, b: Point): RawArea[] => {
    const at = this.#areasAt.get(keyOf(b)) ?? [];
    return (this.#areasAt.get(keyOf(a)) ?? []).filter((area) => at.includes(area));
  };

  /** The names that a way may be said to carry: its own, and those of the routes along it and of what they are part of. */
  namesOf(way: RawWay): { own: string | undefined; routes: Set<string> } {
    const routes = new Set<string>();
    const climb = (id: number, left: number): void => {
      const route = this.routes.get(id);
      if (!route || left === 0 || isGone(route.tags)) return;
      for (const name of [route.tags.name, route.tags.ref]) if (name) routes.add(name);
      for (const parent of this.parents.get(id) ?? []) climb(parent, left - 1);
    };
    for (const id of this.routesOf.get(way.id) ?? []) climb(id, 6);
    return { own: way.tags.name, routes };
  }
}

/** Not on the ground: planned, given up. */
function isGone(tags: Tags): boolean {
  if (/proposed|planned|abandoned|disused|removed|construction/.test(tags.state ?? '')) return true;
  return ['abandoned', 'disused', 'proposed', 'removed', 'planned'].some((key) => key in tags && tags[key] !== 'no');
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

const unescaped = (text: string): string =>
  text.replace(/%([0-9a-f]+)%/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
