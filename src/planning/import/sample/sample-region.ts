import { type Kind, SURFACES } from '../../network/network.js';
import type { Place, Region, Stay } from '../../network/region.js';
import { BACKWARD, FORWARD, type WayGraph } from '../contract.js';
import { makeRegion } from '../make-region.js';
import { type Parking, plainWay, type WalkTraits } from '../survey.js';
import { type Country, latE7, lonE7, pointAt } from './country.js';
import { namer } from './names.js';
import { joinCrossings } from './planar.js';
import { randomFrom } from './random.js';
import { type Road, roadsOf, type Settlement, settlementsOf, streetsOf } from './roads.js';
import { type Point, type Terrain, terrainOf } from './terrain.js';
import { routeBetween, type Stop, stopsOf, type Trail, trailsOf } from './trails.js';

export const SAMPLE_NAME = 'Sample (synthetic)';
export const SAMPLE_SEED = 1;

const placed = (at: Point): { lonE7: number; latE7: number } => ({ lonE7: lonE7(at), latE7: latE7(at) });

const near = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Lines to ways over nodes: vertices at one place are one node. */
function graphOf(lines: Point[][]): WayGraph {
  const numbers = new Map<string, number>();
  const lon: number[] = [];
  const lat: number[] = [];
  const wayOffset = [0];
  const wayNodes: number[] = [];
  for (const line of lines) {
    for (const point of line) {
      const at = placed(point);
      const key = `${at.lonE7} ${at.latE7}`;
      let number = numbers.get(key);
      if (number === undefined) {
        number = lon.push(at.lonE7) - 1;
        lat.push(at.latE7);
        numbers.set(key, number);
      }
      wayNodes.push(number);
    }
    wayOffset.push(wayNodes.length);
  }
  return {
    nodeLonE7: Int32Array.from(lon),
    nodeLatE7: Int32Array.from(lat),
    wayOffset: Uint32Array.from(wayOffset),
    wayNodes: Uint32Array.from(wayNodes),
    direction: new Uint8Array(lines.length).fill(FORWARD | BACKWARD),
  };
}

const traits = (kind: Kind, more: Partial<WalkTraits> = {}): WalkTraits => ({
  ...plainWay(kind),
  surface: SURFACES.indexOf(kind === 'path' ? 'rocky' : kind === 'track' || kind === 'bridleway' ? 'unpaved' : 'paved'),
  ...more,
});

/** Three long-distance routes across the sample, by trail. */
function routesOf(trails: Trail[], stops: Stop[]): Map<number, string[]> {
  const nearest = (x: number, y: number): number =>
    stops.reduce((best, { at }, i) => (near(at, { x, y }) < near(stops[best].at, { x, y }) ? i : best), 0);
  const ends: [string, number, number][] = [
    ['Sample High Route', nearest(2_000, 2_000), nearest(18_000, 15_000)],
    ['Sample Traverse', nearest(18_500, 3_000), nearest(1_500, 14_000)],
    ['Sample Valley Way', nearest(10_000, 1_000), nearest(10_000, 16_000)],
  ];
  const routes = new Map<number, string[]>();
  for (const [name, from, to] of ends) {
    for (const trail of routeBetween(trails, stops, from, to)) routes.set(trail, [...(routes.get(trail) ?? []), name]);
  }
  return routes;
}

/** Names and things on the ground, numbered as they come. */
class Gazetteer {
  readonly places: Place[] = [];
  readonly stays: Stay[] = [];
  readonly parkings: Parking[] = [];
  #last = 0;

  #id(): string {
    return `s${++this.#last}`;
  }

  place(kind: Place['kind'], name: string, at: Point, population: number | null = null): void {
    const otherNames = [`${name} (synthetic)`];
    this.places.push({ id: this.#id(), name, otherNames, kind, ...placed(at), population });
  }

  stay(kind: Stay['kind'], name: string, at: Point): void {
    this.stays.push({ id: this.#id(), name, kind, ...placed(at) });
  }

  parking(name: string | null, at: Point): void {
    this.parkings.push({ id: this.#id(), name, ...placed({ x: at.x + 35, y: at.y + 25 }) });
  }
}

function furnish(terrain: Terrain, settlements: Settlement[], stops: Stop[], trails: Trail[], seed: number): Gazetteer {
  const random = randomFrom(seed + 5);
  const nameFor = namer(random);
  const gazetteer = new Gazetteer();
  const villages = settlements.map((settlement, number) => {
    const name = number === 1 ? 'Samplebridge' : nameFor('village');
    const kind = number === 1 ? 'town' : settlement.valley === 0 ? 'village' : 'hamlet';
    gazetteer.place(kind, name, settlement.at, kind === 'town' ? 4_200 : kind === 'village' ? 650 : 60);
    return { name, at: settlement.at };
  });
  const busy = new Set(trails.flatMap(({ from, to }) => [from, to]));
  for (const [number, { at, sort }] of stops.entries()) {
    if (sort !== 'road' || !busy.has(number)) continue;
    const village = villages.find((candidate) => near(candidate.at, at) < 700);
    if (village || random() < 0.75) gazetteer.parking(village ? `${village.name} car park` : null, at);
  }
  const huts: Point[] = [];
  const peaks: Point[] = [];
  for (const { at, sort, elevation } of stops) {
    if (sort === 'summit' && elevation > 1_600 && peaks.every((peak) => near(peak, at) > 1_800)) {
      peaks.push(at);
      gazetteer.place('peak', nameFor('peak'), at);
    }
    if (sort !== 'slope' || elevation < 1_150 || huts.some((hut) => near(hut, at) < 4_200)) continue;
    huts.push(at);
    const name = nameFor('hut');
    gazetteer.place('hut', name, at);
    gazetteer.stay(huts.length % 3 === 0 ? 'wilderness_hut' : 'alpine_hut', name, at);
  }
  for (const { points } of trails.filter((_, i) => i % 9 === 0)) {
    const top = points.reduce((best, point) => (terrain.elevationAt(point) > terrain.elevationAt(best) ? point : best));
    if (top !== points[0] && top !== points.at(-1)) gazetteer.place('saddle', nameFor('saddle'), top);
  }
  for (const [number, { bottom }] of terrain.valleys.entries()) {
    if (number % 2 === 1) gazetteer.place('lake', nameFor('lake'), bottom.at(-2)!);
    if (number % 2 === 0) gazetteer.stay('camp_site', `${villages[number].name} camp site`, villages[number].at);
  }
  return gazetteer;
}

/** @param seed the same seed gives the same country, to the byte */
export function sampleCountry(seed: number = SAMPLE_SEED): Country {
  const terrain = terrainOf(seed);
  const valleyName = namer(randomFrom(seed + 3));
  const valleyRoads = roadsOf(
    terrain.valleys,
    terrain.valleys.map(() => `${valleyName('valley')} Road`),
  );
  const settlements = settlementsOf(terrain.valleys, seed);
  const roads: Road[] = [...valleyRoads, ...settlements.flatMap(streetsOf)];
  const stops = stopsOf(
    terrain,
    valleyRoads.flatMap(({ points }) => points),
    seed,
  );
  const trails = trailsOf(terrain, stops, seed);
  const routes = routesOf(trails, stops);
  const { places, stays, parkings } = furnish(terrain, settlements, stops, trails, seed);
  return { seed, terrain, settlements, roads, trails, routes, places, stays, parkings };
}

/**
 * A region made up by the project: valleys with roads and villages, mountains with trails between them. It is drawn in the
 * Atlantic, where there is nothing, and says in its name, source and attribution that it is synthetic.
 */
export function sampleRegion(country: Country = sampleCountry()): Region {
  const { seed, terrain, roads, trails, routes, places, stays, parkings } = country;
  const lines = joinCrossings([...roads, ...trails].map(({ points }) => points));
  const drivable = roads.flatMap(({ speedKmh }, i) => (speedKmh > 0 ? [i] : []));
  return makeRegion(
    {
      name: SAMPLE_NAME,
      synthetic: true,
      dataDate: '2026-01-01',
      source: `made by the program from seed ${seed}`,
      attribution: 'Synthetic data made by Loopwright: an imaginary place, drawn in the Atlantic Ocean',
    },
    {
      walk: graphOf(lines),
      walkTraits: [
        ...roads.map(({ kind, name }) => traits(kind, { name })),
        ...trails.map(({ kind, difficulty }, i) => traits(kind, { difficulty, routes: routes.get(i) ?? [] })),
      ],
      drive: graphOf(drivable.map((i) => lines[i])),
      closedToCars: new Set(),
      speedKmh: Float32Array.from(drivable, (i) => roads[i].speedKmh),
      parkings,
      places,
      stays,
    },
    (lon, lat) => terrain.elevationAt(pointAt(lon, lat)),
  );
}
