import type { Database } from '../../database/connect.js';
import type { MapState } from '../../map/map-store.js';
import { locationOf } from '../../network/region.js';
import { roundedLocation } from '../format/rounding.js';

/** Things of a region that a request can name, so that what the document gives as an example can be tried. */
export interface Examples {
  place: string;
  /** `LAT,LON` */
  point: string;
  trailhead: string;
  /** null: nobody has planned one. */
  loop: string | null;
  /** A tile with something in it; null: there is no map. */
  tile: { version: string; at: [z: number, x: number, y: number] } | null;
}

/** Of the synthetic sample, which is the same everywhere. */
export const SAMPLE_EXAMPLES: Examples = {
  place: 'Alderby',
  point: '47.067649,-37.490193',
  trailhead: 's23',
  loop: 'AgNzNTH0uaSnBeG71Y0FAIDxBAAAAME-hNWW9gNiRR4gOT1oBgRuDFIiPh5CHjwcTjlkR0pzB18WMSs_F1crNz8wa0pfUlUNb0s0A1IQ5T4',
  tile: null,
};

/** Another text whenever another edition of a region is current. */
export async function stateOf(db: Database): Promise<string> {
  const rows = await db.selectFrom('region').select('edition').orderBy('edition').execute();
  return rows.map(({ edition }) => edition).join();
}

/** Examples of the data there is: of the sample where it is or where nothing is, else the first region's largest settlement. */
export async function examplesOf(db: Database): Promise<Examples> {
  const place = await db
    .selectFrom('region')
    .innerJoin('edition', 'edition.id', 'region.edition')
    .innerJoin('place', 'place.edition', 'edition.id')
    .select(['edition.id', 'edition.synthetic', 'place.name', 'place.lon_e7 as lonE7', 'place.lat_e7 as latE7'])
    .where('place.kind', 'in', ['city', 'town', 'village'])
    .orderBy('edition.synthetic', 'desc')
    .orderBy('region.name')
    .orderBy('place.population', (by) => by.desc().nullsLast())
    .limit(1)
    .executeTakeFirst();
  if (!place || place.synthetic) return SAMPLE_EXAMPLES;
  const trailhead = await db
    .selectFrom('trailhead')
    .select('id')
    .where('edition', '=', place.id)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (!trailhead) return SAMPLE_EXAMPLES;
  const { lat, lon } = roundedLocation(locationOf(place));
  return { place: place.name, point: `${lat},${lon}`, trailhead: trailhead.id, loop: null, tile: null };
}

/** The square in the middle of the first region that has a map. */
export function tileExample({ version, drawn: [edition] }: MapState): Examples['tile'] {
  if (version === null || !edition) return null;
  const { south, west, north, east } = edition.bounds;
  const [zoom, row] = [12, 2 ** 12];
  const lon = (west + (east < west ? east + 360 : east)) / 2;
  const lat = (((south + north) / 2) * Math.PI) / 180;
  const x = Math.floor(((lon + 180) / 360) * row) % row;
  const y = Math.floor(((1 - Math.asinh(Math.tan(lat)) / Math.PI) / 2) * row);
  return { version, at: [zoom, x, y] };
}
