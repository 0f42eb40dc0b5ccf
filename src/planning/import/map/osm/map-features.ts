import { spanE7, turnE7, wrapE7 } from '../../../network/longitude.js';
import type { NodeTable } from '../../osm/node-table.js';
import type { Features } from '../cutter/feature-buffer.js';
import { type Course, FeatureWriter } from '../cutter/feature-writer.js';
import { joinRings } from '../join-rings.js';
import { polygonsOf, type Ring } from '../rings.js';
import type { Drawing } from './drawing.js';
import type { MapCollection } from './map-collection.js';

/** Parkings from which one can set out are shown from far off. */
const START_ZOOM = 12;

/** The stretches of a way whose nodes the extract holds. */
function* stretchesOf(refs: readonly number[], nodes: NodeTable): Generator<Course> {
  let lonE7: number[] = [];
  let latE7: number[] = [];
  for (const ref of refs) {
    const index = nodes.indexOf(ref);
    if (nodes.isPlaced(index)) {
      lonE7.push(nodes.lonE7[index]);
      latE7.push(nodes.latE7[index]);
      continue;
    }
    if (lonE7.length > 1) yield { lonE7, latE7 };
    lonE7 = [];
    latE7 = [];
  }
  if (lonE7.length > 1) yield { lonE7, latE7 };
}

/** A ring of the nodes that the extract holds, closed; null when they make none. */
function ringOf(refs: readonly number[], nodes: NodeTable): Ring | null {
  const indexes = refs.map((ref) => nodes.indexOf(ref)).filter((index) => nodes.isPlaced(index));
  if (indexes.length < 3) return null;
  if (indexes[0] !== indexes[indexes.length - 1]) indexes.push(indexes[0]);
  return {
    lonE7: Int32Array.from(indexes, (index) => nodes.lonE7[index]),
    latE7: Int32Array.from(indexes, (index) => nodes.latE7[index]),
  };
}

/** The middle of the box around some rings. */
function middleOf(rings: readonly Ring[]): { lonE7: number; latE7: number } {
  const { west, east } = spanE7(rings.flatMap(({ lonE7 }) => Array.from(lonE7)));
  let [south, north] = [Infinity, -Infinity];
  for (const { latE7 } of rings) {
    for (const lat of latE7) {
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
  }
  return { lonE7: wrapE7(Math.round(west + turnE7(west, east) / 2)), latE7: Math.round((south + north) / 2) };
}

/**
 * All that was collected, as features to cut.
 * @param starts ids of the parkings that are trailheads of the region
 */
export function mapFeatures(collection: MapCollection, starts: ReadonlySet<string>): Features {
  const { nodes } = collection;
  const writer = new FeatureWriter();
  const point = (id: string, { layer, minZoom, properties }: Drawing, at: { lonE7: number; latE7: number }): void => {
    const isParking = properties.kind === 'parking';
    const isStart = isParking && starts.has(id);
    const from = isStart ? START_ZOOM : minZoom;
    writer.point(layer, from, isStart ? { ...properties, id } : properties, at.lonE7, at.latE7);
  };
  const polygons = ({ layer, minZoom, properties }: Drawing, outer: Ring[], inner: Ring[]): void => {
    for (const rings of polygonsOf(outer, inner)) writer.polygon(layer, minZoom, properties, rings);
  };

  for (const { id, refs, area, line, border, point: sight } of collection.ways()) {
    for (const drawing of [line, border]) {
      if (!drawing) continue;
      for (const course of stretchesOf(refs, nodes)) {
        writer.line(drawing.layer, drawing.minZoom, drawing.properties, course);
      }
    }
    if (!area && !sight) continue;
    const ring = ringOf(refs, nodes);
    if (!ring) continue;
    if (area) polygons(area, [ring], []);
    if (sight) point(`w${id}`, sight, middleOf([ring]));
  }

  const parts = collection.partRefs();
  const ringsOf = (ways: readonly number[]): Ring[] =>
    joinRings(ways.flatMap((way) => (parts.has(way) ? [parts.get(way)!] : []))).flatMap(
      (refs) => ringOf(refs, nodes) ?? [],
    );
  for (const { id, area, point: sight, outer, inner } of collection.relations.areas) {
    const rings = ringsOf(outer);
    if (rings.length === 0) continue;
    if (area) polygons(area, rings, ringsOf(inner));
    if (sight) point(`r${id}`, sight, middleOf(rings));
  }

  for (const { id, drawing, ...at } of collection.points) point(id, drawing, at);
  return writer.features();
}
