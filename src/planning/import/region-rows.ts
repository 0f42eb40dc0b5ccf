import type { PreparedRegion, RegionCounts } from '../database/editions.js';
import { searchKeys } from '../database/name-keys.js';
import { isTrail } from '../network/network.js';
import { prepareRegion } from '../network/prepare.js';
import type { Region } from '../network/region.js';
import { roadTiles } from '../network/road-tiles.js';
import { ROAD_GRID, tileAt } from '../network/tile-grid.js';

export function countsOf({ network, trailheads, places, stays }: Region): RegionCounts {
  let trailMeters = 0;
  let roadMeters = 0;
  network.lengthMeters.forEach((meters, segment) => {
    if (isTrail(network.kind[segment])) trailMeters += meters;
    else roadMeters += meters;
  });
  return {
    junctions: network.junctionCount,
    segments: network.segmentCount,
    trailMeters,
    roadMeters,
    trailheads: trailheads.length,
    places: places.length,
    stays: stays.length,
  };
}

/**
 * All that is computed once for a region, as the rows that are stored.
 * @param mapTiles of its map; none when it has no map
 */
export function regionRows(region: Region, mapTiles: PreparedRegion['mapTiles'] = []): PreparedRegion {
  const { network } = region;
  const prepared = prepareRegion(region);
  const at = ({ lonE7, latE7 }: { lonE7: number; latE7: number }) => ({ lon_e7: lonE7, lat_e7: latE7 });
  return {
    edition: {
      region: region.name,
      dataDate: region.dataDate,
      source: region.source,
      attribution: region.attribution,
      synthetic: region.synthetic,
      hasElevation: region.hasElevation,
      bounds: region.bounds,
      counts: countsOf(region),
    },
    trailTiles: prepared.tiles,
    roadTiles: roadTiles(region.roads),
    trailheads: region.trailheads.map((trailhead) => {
      const road = tileAt(ROAD_GRID, trailhead.lonE7, trailhead.latE7);
      return {
        id: trailhead.id,
        name: trailhead.name,
        ...at(trailhead),
        junction: trailhead.junction,
        junction_lon_e7: network.junctionLonE7[trailhead.junction],
        junction_lat_e7: network.junctionLatE7[trailhead.junction],
        access_meters: trailhead.accessMeters,
        road_x: road.x,
        road_y: road.y,
        preparation: JSON.stringify(prepared.trailheads.get(trailhead.id) ?? null),
      };
    }),
    places: region.places.map((place) => ({
      id: place.id,
      name: place.name,
      kind: place.kind,
      ...at(place),
      population: place.population,
    })),
    placeNames: region.places.flatMap((place) =>
      searchKeys([place.name, ...place.otherNames]).map((folded) => ({ place: place.id, folded })),
    ),
    stays: region.stays.map((stay) => ({ id: stay.id, name: stay.name, kind: stay.kind, ...at(stay) })),
    mapTiles,
  };
}
