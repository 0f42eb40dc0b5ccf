import type { Region } from '../../network/region.js';
import { type Course, FeatureWriter } from '../map/cutter/feature-writer.js';
import { boxOf } from '../map/cutter/world.js';
import type { MapSource } from '../map/draw-square.js';
import { type Country, latE7, lonE7, pointAt } from './country.js';
import { groundOf } from './ground.js';
import { rasterOfGrid, sampleGrid } from './height-grid.js';
import { randomFrom } from './random.js';
import type { Settlement } from './roads.js';
import type { Point } from './terrain.js';
import { lakeBeside, streamsOf } from './waters.js';

const courseOf = (points: readonly Point[]): Course => ({
  lonE7: Int32Array.from(points, lonE7),
  latE7: Int32Array.from(points, latE7),
});

const ROADS: Record<string, [kind: string, minZoom: number]> = {
  tertiary: ['tertiary', 10],
  unclassified: ['minor', 12],
  residential: ['street', 13],
  living_street: ['street', 13],
};
const PLACES: Record<string, [minZoom: number, rank: number]> = { town: [7, 2], village: [10, 3], hamlet: [12, 4] };

/** Houses of four corners in two rings around the middle of a settlement, and the ground they stand on. */
function settle({ at, valley }: Settlement, writer: FeatureWriter, random: () => number): void {
  const around = (radius: number, turn: number): Point => ({
    x: at.x + radius * Math.cos(turn),
    y: at.y + radius * Math.sin(turn),
  });
  const built = Array.from({ length: 20 }, (_, i) => around(200 + 50 * random(), (i / 20) * 2 * Math.PI));
  writer.polygon('ground', 8, { kind: 'built' }, [courseOf(built)]);
  for (const [radius, houses] of [
    [112, 11],
    [172, valley === 0 ? 22 : 14],
  ] as const) {
    for (let house = 0; house < houses; house++) {
      const turn = ((house + 0.3 * random()) / houses) * 2 * Math.PI;
      const middle = around(radius + 12 * random(), turn);
      const [long, broad] = [6 + 5 * random(), 4 + 3 * random()];
      const corners = [
        [-long, -broad],
        [long, -broad],
        [long, broad],
        [-long, broad],
      ].map(([along, across]) => ({
        x: middle.x + along * Math.sin(turn) + across * Math.cos(turn),
        y: middle.y - along * Math.cos(turn) + across * Math.sin(turn),
      }));
      writer.polygon('building', 14, {}, [courseOf(corners)]);
    }
  }
}

/** The map of the sample: its roads, trails and names, and ground and waters that only the map shows. */
export function sampleMap(country: Country, region: Region): MapSource {
  const { seed, terrain, settlements, roads, trails, routes, places, stays, parkings } = country;
  const grid = sampleGrid(terrain);
  const writer = new FeatureWriter();
  const random = randomFrom(seed + 400);
  for (const { kind, polygons } of groundOf(grid, seed)) {
    for (const rings of polygons) writer.polygon('ground', 8, { kind }, rings);
  }
  for (const settlement of settlements) settle(settlement, writer, random);

  const lines = [...roads, ...trails].flatMap(({ points }) => points);
  const lakes = places.filter(({ kind }) => kind === 'lake');
  for (const [number, { name, lonE7: lon, latE7: lat }] of lakes.entries()) {
    const shore = lakeBeside(pointAt(lon, lat), lines, seed + 300 + number);
    writer.polygon('water', 8, { kind: 'lake', name }, [courseOf(shore)]);
  }
  const springs = trails
    .map(({ points }) => points[Math.floor(points.length / 2)])
    .filter((at, i) => i % 3 === 0 && grid.heightAt(at) > 1_100)
    .map((at) => ({ x: at.x + 140, y: at.y + 90 }));
  for (const { kind, points } of streamsOf(terrain.valleys, grid, springs, seed)) {
    writer.line('waterway', kind === 'river' ? 8 : 12, { kind }, courseOf(points));
  }

  for (const { kind, name, points } of roads) {
    const [of, minZoom] = ROADS[kind] ?? [];
    if (of === undefined) writer.line('trail', 11, { kind }, courseOf(points));
    else writer.line('road', minZoom!, { class: of, ...(name && { name }) }, courseOf(points));
  }
  for (const [i, { kind, difficulty, points, from, to }] of trails.entries()) {
    const along = routes.get(i);
    const properties = {
      kind,
      ...(difficulty > 0 && { sac: difficulty }),
      ...(along && { net: 3, routes: along.join(' · ') }),
    };
    const minZoom = along ? 9 : kind === 'path' || kind === 'track' ? 11 : 13;
    writer.line('trail', minZoom, properties, courseOf(points));
    const end = points.at(-1)!;
    // A spur leads to a view.
    if (from === to) writer.point('poi', 13, { kind: 'viewpoint' }, lonE7(end), latE7(end));
  }

  const eleOf = (at: { lonE7: number; latE7: number }): number =>
    Math.round(terrain.elevationAt(pointAt(at.lonE7, at.latE7)));
  for (const place of places) {
    const { kind, name, population, lonE7: lon, latE7: lat } = place;
    if (kind === 'peak') writer.point('poi', 11, { kind, name, ele: eleOf(place) }, lon, lat);
    else if (kind === 'saddle') writer.point('poi', 12, { kind, name, ele: eleOf(place) }, lon, lat);
    else if (kind in PLACES) {
      const [minZoom, rank] = PLACES[kind];
      writer.point('place', minZoom, { kind, name, rank, ...(population !== null && { pop: population }) }, lon, lat);
    }
  }
  for (const { kind, name, lonE7: lon, latE7: lat } of stays) {
    const of =
      kind === 'alpine_hut' ? 'hut' : kind === 'wilderness_hut' ? 'bothy' : kind === 'camp_site' ? 'camp' : kind;
    writer.point('poi', of === 'hut' ? 11 : 12, { kind: of, ...(name !== null && { name }) }, lon, lat);
  }
  const starts = new Set(region.trailheads.map(({ id }) => id));
  for (const { id, name, lonE7: lon, latE7: lat } of parkings) {
    const properties = { kind: 'parking', ...(starts.has(id) && { id }), ...(name !== null && { name }) };
    writer.point('poi', 12, properties, lon, lat);
  }
  return { features: writer.features(), rasters: [rasterOfGrid(grid)], box: boxOf(region.bounds) };
}
