import KDBush from 'kdbush';
import { distanceMetersE7, METERS_PER_DEGREE } from '../../network/geodesy.js';
import { rangesE7, spanE7, turnE7, wrapE7 } from '../../network/longitude.js';
import type { Place, Stay } from '../../network/region.js';
import type { WayGraph } from '../contract.js';
import type { Parking, Survey } from '../survey.js';
import type { Feature } from './feature-rules.js';
import type { NodeTable } from './node-table.js';
import type { Extract, KeptWay } from './read-extract.js';
import { walkGraph } from './walk-graph.js';

/** A parking without a name takes that of the nearest place within this: farther, the name would mislead. */
const NAME_REACH_METERS = 400;

/** Ways of a sort as a graph; where a node is missing (the border of the extract) a way falls into parts. */
function graphOf<T>(
  ways: KeptWay[],
  nodes: NodeTable,
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
      if (nodes.isPlaced(index)) wayNodes.push(index);
      else finish();
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

/** The middle of the box around some nodes; null when the extract has none of them. */
function middleOf(refs: Iterable<number>, nodes: NodeTable): { lonE7: number; latE7: number } | null {
  const lons: number[] = [];
  let [south, north] = [Infinity, -Infinity];
  for (const ref of refs) {
    const index = nodes.indexOf(ref);
    if (!nodes.isPlaced(index)) continue;
    lons.push(nodes.lonE7[index]);
    south = Math.min(south, nodes.latE7[index]);
    north = Math.max(north, nodes.latE7[index]);
  }
  if (lons.length === 0) return null;
  const { west, east } = spanE7(lons);
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
    const at = feature && middleOf(refs, nodes);
    if (at) yield { id: `w${id}`, ...at, feature };
  }
  if (relations.length === 0) return;
  const refsOf = new Map(ways.map(({ id, refs }) => [id, refs]));
  for (const { id, wayIds, feature } of relations) {
    const at = middleOf(
      wayIds.flatMap((way) => refsOf.get(way) ?? []),
      nodes,
    );
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
  const { ways, nodes } = extract;
  const walk = walkGraph(extract);
  const drive = graphOf<number>(
    ways,
    nodes,
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
