import KDBush from 'kdbush';
import { distanceMetersE7, METERS_PER_DEGREE } from '../../network/geodesy.js';
import { rangesE7, spanE7, turnE7, wrapE7 } from '../../network/longitude.js';
import type { Place, Stay } from '../../network/region.js';
import type { WayGraph } from '../contract.js';
import type { Parking, Survey } from '../survey.js';
import type { Extract, KeptWay } from './collection.js';
import type { Feature } from './feature-rules.js';
import type { NodeTable } from './node-table.js';
import { between, LONGEST_STRETCH_METERS } from './stretch.js';
import { walkGraph } from './walk-graph.js';

/** A parking without a name takes that of the nearest place within this: farther, the name would mislead. */
const NAME_REACH_METERS = 400;

/**
 * Ways of a sort as a graph. Where a node is missing (the border of the extract), and where it lies far beyond the next,
 * a way falls into parts.
 */
function graphOf<T>(
  { ways, nodes, allowance, leftOut }: Extract,
  traitsOf: (way: KeptWay) => { direction: number; traits: T } | null,
): { graph: WayGraph; traits: T[] } {
  const wayOffset = [0];
  const wayNodes: number[] = [];
  const direction: number[] = [];
  const traits: T[] = [];
  for (const way of ways) {
    const about = traitsOf(way);
    if (!about) continue;
    const finish = (): void => {
      const start = wayOffset.at(-1)!;
      if (wayNodes.length - start < 2) {
        wayNodes.length = start;
        return;
      }
      wayOffset.push(wayNodes.length);
      direction.push(about.direction);
      traits.push(about.traits);
    };
    for (const ref of way.refs) {
      const index = nodes.indexOf(ref);
      if (!nodes.isPlaced(index)) {
        finish();
        continue;
      }
      if (wayNodes.length > wayOffset.at(-1)!) {
        const meters = between(nodes, wayNodes.at(-1)!, index);
        if (meters > LONGEST_STRETCH_METERS) {
          leftOut.stretches++;
          finish();
        } else allowance.run(meters);
      }
      wayNodes.push(index);
    }
    finish();
  }
  return {
    graph: {
      nodeLonE7: nodes.lonE7,
      nodeLatE7: nodes.latE7,
      wayOffset: Uint32Array.from(wayOffset),
      wayNodes: Uint32Array.from(wayNodes),
      direction: Uint8Array.from(direction),
    },
    traits,
  };
}

/** What some nodes say of the box around them: at most four longitudes decide about its sides, whichever way round. */
interface Extremes {
  lonsE7: number[];
  southE7: number;
  northE7: number;
}

function extremesOf(refs: Iterable<number>, nodes: NodeTable): Extremes {
  const lonsE7: number[] = [];
  let [southE7, northE7] = [Infinity, -Infinity];
  for (const ref of refs) {
    const index = nodes.indexOf(ref);
    if (!nodes.isPlaced(index)) continue;
    lonsE7.push(nodes.lonE7[index]);
    southE7 = Math.min(southE7, nodes.latE7[index]);
    northE7 = Math.max(northE7, nodes.latE7[index]);
  }
  return { lonsE7: outermost(lonsE7), southE7, northE7 };
}

/** Of each hemisphere the westernmost and the easternmost longitude: `spanE7` asks for no others. */
function outermost(lonsE7: number[]): number[] {
  const ends = new Set<number>();
  for (const half of [lonsE7.filter((lon) => lon < 0), lonsE7.filter((lon) => lon >= 0)]) {
    if (half.length === 0) continue;
    ends.add(half.reduce((a, b) => Math.min(a, b))).add(half.reduce((a, b) => Math.max(a, b)));
  }
  return [...ends];
}

/** The middle of the box around all of them; null when the extract has none of their nodes. */
function middleOf(parts: Extremes[]): { lonE7: number; latE7: number } | null {
  const lonsE7 = parts.flatMap((part) => part.lonsE7);
  if (lonsE7.length === 0) return null;
  const south = parts.reduce((least, { southE7 }) => Math.min(least, southE7), Infinity);
  const north = parts.reduce((most, { northE7 }) => Math.max(most, northE7), -Infinity);
  const { west, east } = spanE7(lonsE7);
  return { lonE7: wrapE7(Math.round(west + turnE7(west, east) / 2)), latE7: Math.round((south + north) / 2) };
}

/** Every feature with its id and where it is. */
function* located({
  features,
  ways,
  relations,
  nodes,
}: Extract): Generator<{ id: string; lonE7: number; latE7: number; feature: Feature }> {
  for (const { id, lonE7, latE7, feature } of features) yield { id: `n${id}`, lonE7, latE7, feature };
  for (const { id, refs, feature } of ways) {
    const at = feature && middleOf([extremesOf(refs, nodes)]);
    if (at) yield { id: `w${id}`, ...at, feature };
  }
  if (relations.length === 0) return;
  // Each way once, for many relations may share one.
  const parts = new Set(relations.flatMap(({ wayIds }) => wayIds));
  const extremes = new Map<number, Extremes>();
  for (const { id, refs } of ways) if (parts.has(id)) extremes.set(id, extremesOf(refs, nodes));
  for (const { id, wayIds, feature } of relations) {
    const at = middleOf(wayIds.flatMap((way) => extremes.get(way) ?? []));
    if (at) yield { id: `r${id}`, ...at, feature };
  }
}

/** Answers which place is nearest to a point, within reach of a name. */
function nearestNameOf(places: Place[]): (at: { lonE7: number; latE7: number }) => string | null {
  if (places.length === 0) return () => null;
  const tree = new KDBush(places.length);
  for (const { lonE7, latE7 } of places) tree.add(lonE7, latE7);
  tree.finish();
  return ({ lonE7, latE7 }) => {
    const reachLat = (NAME_REACH_METERS / METERS_PER_DEGREE) * 1e7;
    const reachLon = reachLat / Math.max(0.01, Math.cos((latE7 * Math.PI) / 180e7));
    let nearest: string | null = null;
    let reach = NAME_REACH_METERS;
    const around = rangesE7(lonE7 - reachLon, lonE7 + reachLon).flatMap(([west, east]) =>
      tree.range(west, latE7 - reachLat, east, latE7 + reachLat),
    );
    for (const index of around.sort((a, b) => a - b)) {
      const place = places[index];
      const meters = distanceMetersE7(lonE7, latE7, place.lonE7, place.latE7);
      if (meters >= reach) continue;
      nearest = place.name;
      reach = meters;
    }
    return nearest;
  };
}

/** An extract as the parts that a region is made of. */
export function surveyOf(extract: Extract): Survey {
  const { nodes } = extract;
  const walk = walkGraph(extract);
  const drive = graphOf<number>(
    extract,
    ({ drive }) => drive && { direction: drive.direction, traits: drive.speedKmh },
  );
  const parkings: Parking[] = [];
  const places: Place[] = [];
  const stays: Stay[] = [];
  for (const { id, lonE7, latE7, feature } of located(extract)) {
    if (feature.parking) parkings.push({ id, lonE7, latE7, ...feature.parking });
    if (feature.place) places.push({ id, lonE7, latE7, ...feature.place });
    if (feature.stay) stays.push({ id, lonE7, latE7, ...feature.stay });
  }
  const nearestName = nearestNameOf(places);
  return {
    walk: walk.graph,
    walkTraits: walk.traits,
    drive: drive.graph,
    closedToCars: new Set(extract.barriers.map((id) => nodes.indexOf(id)).filter((index) => index >= 0)),
    speedKmh: Float32Array.from(drive.traits),
    parkings: parkings.map((parking) => ({ ...parking, name: parking.name ?? nearestName(parking) })),
    places,
    stays,
  };
}
