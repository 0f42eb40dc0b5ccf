import type { MapLayer, MapState } from '../../map/map-store.js';
import { boundsOf } from './bounds.js';

/** The zooms that each layer has tiles of; closer views enlarge the last. */
export const ZOOMS: Record<MapLayer, { min: number; max: number }> = {
  map: { min: 5, max: 14 },
  contour: { min: 11, max: 13 },
  relief: { min: 6, max: 11 },
};

/** What one has to know to show the map. */
export const mapFacts = ({ version, drawn, undrawn, hasElevation }: MapState) => ({
  version,
  regions: drawn.map((edition) => ({ name: edition.region, bbox: boundsOf(edition) })),
  withoutMap: undrawn.map(({ region }) => region),
  minzoom: ZOOMS.map.min,
  maxzoom: ZOOMS.map.max,
  zooms: ZOOMS,
  hasElevation,
  attribution: [...new Set(drawn.map(({ attribution }) => attribution))].join(' · '),
  tiles: version === null ? null : `/v1/map/${version}/{layer}/{z}/{x}/{y}`,
});
