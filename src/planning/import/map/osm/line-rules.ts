import { gradeOf } from '../../osm/grade.js';
import type { Tags } from '../../pbf/tags.js';
import type { Properties } from '../cutter/feature-buffer.js';
import type { Drawing } from './drawing.js';

/** What the hiking relations say of a way in them. */
export interface Routes {
  /** 1 international to 4 local. */
  net: number;
  names: string[];
}

/** Classes of road, and the zoom that shows each first. */
const ROADS: Record<string, [of: string, minZoom: number]> = {
  motorway: ['motorway', 6],
  trunk: ['primary', 6],
  primary: ['primary', 7],
  secondary: ['secondary', 8],
  tertiary: ['tertiary', 10],
  unclassified: ['minor', 12],
  road: ['minor', 12],
  residential: ['street', 13],
  living_street: ['street', 13],
  pedestrian: ['street', 13],
  service: ['service', 14],
};
const TRAILS = new Set(['path', 'footway', 'track', 'bridleway', 'steps', 'cycleway', 'via_ferrata']);
const WATERWAYS: Record<string, [kind: string, minZoom: number]> = {
  river: ['river', 9],
  canal: ['canal', 11],
  stream: ['stream', 12],
};
const RAILS: Record<string, number> = {
  rail: 9,
  narrow_gauge: 9,
  light_rail: 11,
  funicular: 11,
  preserved: 11,
  subway: 13,
  tram: 13,
};
/** Aerialways that are no line to ride on. */
const NO_LIFT = new Set(['pylon', 'station', 'zip_line', 'goods', 'no']);
/** Footways that go along a street or over it. */
const TOWN_FOOTWAYS = new Set(['sidewalk', 'crossing', 'traffic_island', 'access_aisle', 'link']);
const TOWN_SURFACES = new Set(['asphalt', 'paving_stones', 'concrete', 'paved', 'sett', 'concrete:plates']);
const SHUT = new Set(['no', 'private']);
const HARDLY_SEEN = new Set(['bad', 'horrible', 'no']);

const isSet = (value: string | undefined): boolean => value !== undefined && value !== 'no';
const named = ({ name }: Tags): { name?: string } => (name ? { name } : {});
const entry = <T>(table: Record<string, T>, key: string | undefined): T | undefined =>
  key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;

/**
 * What the line of a way of these tags is drawn as.
 * @param routes that go along it
 * @returns null when it is drawn as none
 */
export function lineOf(tags: Tags, routes: Routes | undefined): Drawing | null {
  return (
    (tags.highway !== undefined ? (trailOf(tags, routes) ?? roadOf(tags)) : null) ??
    waterwayOf(tags) ??
    railOf(tags) ??
    liftOf(tags) ??
    edgeOf(tags)
  );
}

function roadOf(tags: Tags): Drawing | null {
  const highway = tags.highway!;
  const [of, minZoom] = entry(ROADS, highway.replace(/_link$/, '')) ?? [];
  if (of === undefined || tags.area === 'yes') return null;
  const isLink = highway.endsWith('_link');
  const properties: Properties = {
    class: of,
    ...named(tags),
    ...(tags.ref && minZoom! <= 10 && { ref: tags.ref }),
    ...(isSet(tags.tunnel) && { tunnel: true as const }),
    ...(isSet(tags.bridge) && { bridge: true as const }),
    ...(isLink && { link: true as const }),
  };
  return { layer: 'road', minZoom: isLink ? Math.max(minZoom!, 11) : minZoom!, properties };
}

/** Whether a footway is for those who walk in a town, and not for those who walk out of it. */
const isOfTown = ({ highway, footway, sac_scale, surface, lit }: Tags): boolean =>
  TOWN_FOOTWAYS.has(footway ?? '') ||
  ((highway === 'footway' || highway === 'steps' || highway === 'cycleway') &&
    sac_scale === undefined &&
    (TOWN_SURFACES.has(surface ?? '') || lit === 'yes'));

function trailOf(tags: Tags, routes: Routes | undefined): Drawing | null {
  const kind = tags.highway!;
  if (!TRAILS.has(kind) || tags.area === 'yes') return null;
  const sac = gradeOf(tags);
  const visibility = tags.trail_visibility ?? '';
  const isTown = isOfTown(tags) && !routes;
  const properties: Properties = {
    kind,
    ...(sac > 0 && { sac }),
    ...(HARDLY_SEEN.has(visibility) && { vis: visibility }),
    ...named(tags),
    ...(routes && { net: routes.net, routes: routes.names.join(' · ') }),
    ...(SHUT.has(tags.foot ?? tags.access ?? '') && { closed: true as const }),
    ...(isTown && { town: true as const }),
  };
  const isFar = kind === 'path' || kind === 'track' || kind === 'via_ferrata';
  return { layer: 'trail', minZoom: routes ? 9 : isTown ? 14 : isFar ? 11 : 13, properties };
}

function waterwayOf(tags: Tags): Drawing | null {
  const [kind, minZoom] = entry(WATERWAYS, tags.waterway) ?? [];
  if (kind === undefined) return null;
  const tunnel = isSet(tags.tunnel) && { tunnel: true as const };
  return { layer: 'waterway', minZoom: minZoom!, properties: { kind, ...named(tags), ...tunnel } };
}

function railOf(tags: Tags): Drawing | null {
  const minZoom = entry(RAILS, tags.railway);
  if (minZoom === undefined) return null;
  const tunnel = isSet(tags.tunnel) && { tunnel: true as const };
  // Sidings and yards are of no use to find one's way by.
  const from = tags.service === undefined ? minZoom : 13;
  return { layer: 'rail', minZoom: from, properties: { kind: tags.railway!, ...named(tags), ...tunnel } };
}

function liftOf(tags: Tags): Drawing | null {
  const { aerialway } = tags;
  if (aerialway === undefined || NO_LIFT.has(aerialway)) return null;
  return { layer: 'lift', minZoom: 11, properties: { kind: aerialway, ...named(tags) } };
}

function edgeOf(tags: Tags): Drawing | null {
  if (tags.natural === 'cliff') return { layer: 'cliff', minZoom: 13, properties: named(tags) };
  if (tags.natural === 'ridge' || tags.natural === 'arete')
    return { layer: 'ridge', minZoom: 13, properties: named(tags) };
  return null;
}

/** From which zoom on a boundary is shown. @param level of OpenStreetMap: 2 that of a country, 8 about that of a community */
export const boundaryOf = (level: number): Drawing => ({
  layer: 'boundary',
  minZoom: level <= 2 ? 5 : level <= 6 ? 8 : 11,
  properties: { level },
});
