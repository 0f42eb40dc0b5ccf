import {
  ASCENT_MAX,
  DAYS_MAX,
  DEFAULT_WISH,
  DIRECTIONS,
  DRIVE_MAX,
  pointText,
  type Start,
  type Wish,
} from './wish/wish.js';

/** What of the page stands in its address. */
export interface Place {
  wish: Wish;
  /** The chosen loop's id. */
  loop: string | null;
  view: View | null;
}

export interface View {
  zoom: number;
  lat: number;
  lon: number;
}

const numbers = (text: string | null): number[] => (text ? text.split(',').map(Number) : []);

function startOf(query: URLSearchParams): Start | null {
  const [lat, lon] = numbers(query.get('start'));
  if (lat === undefined || lon === undefined || !(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180)) return null;
  const name = query.get('place');
  const id = query.get('trailhead');
  if (id && /^[a-z]\d{1,20}$/.test(id)) return { kind: 'trailhead', id, lat, lon, name };
  return { kind: 'point', lat, lon, name };
}

/** A number with a unit or none, within bounds; what is no number is as if it were not there. */
function bounded(text: string | null, min: number, max: number, otherwise: number): number {
  const value = Number.parseFloat(text ?? '');
  return Number.isFinite(value) ? Math.min(max, Math.max(min, value)) : otherwise;
}

/** Reads an address: whatever it holds, the page opens. */
export function readAddress({ search, hash }: { search: string; hash: string }): Place {
  const query = new URLSearchParams(search);
  const whole = (name: string, min: number, max: number, otherwise: number): number =>
    Math.round(bounded(query.get(name), min, max, otherwise));
  const direction = DIRECTIONS.find((one) => one === query.get('direction')) ?? null;
  const [, zoom, lat, lon] = /^#map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(hash)?.map(Number) ?? [];
  const seen = [zoom, lat, lon].every((value) => Number.isFinite(value)) && Math.abs(lat!) <= 90;
  const minAscent = whole('minAscent', 0, ASCENT_MAX, 0);
  return {
    wish: {
      start: startOf(query),
      lengthKm: bounded(query.get('length'), 0.5, 200, DEFAULT_WISH.lengthKm),
      minAscent,
      maxAscent: Math.max(minAscent, whole('maxAscent', 0, ASCENT_MAX, ASCENT_MAX)),
      difficulty: bounded(query.get('maxDifficulty')?.replace('T', '') ?? null, 1, 6, 6) | 0,
      direction,
      drive: whole('drive', 0, DRIVE_MAX, 0),
      days: whole('days', 1, DAYS_MAX, 1),
      seed: whole('seed', 0, 2_147_483_647, 0),
    },
    loop: query.get('loop'),
    view: seen ? { zoom: zoom!, lat: lat!, lon: lon! } : null,
  };
}

/** @returns the search and the hash of an address; only what differs from the wish of a newcomer */
export function writeAddress({ wish, loop, view }: Place): string {
  const query = new URLSearchParams();
  const { start } = wish;
  if (start) {
    query.set('start', pointText(start));
    if (start.kind === 'trailhead') query.set('trailhead', start.id);
    if (start.name) query.set('place', start.name);
  }
  const say = (name: keyof Wish, unit: string, key: string = name): void => {
    if (wish[name] !== DEFAULT_WISH[name]) query.set(key, `${wish[name]}${unit}`);
  };
  if (start || wish.lengthKm !== DEFAULT_WISH.lengthKm) query.set('length', `${wish.lengthKm}km`);
  say('minAscent', 'm');
  say('maxAscent', 'm');
  if (wish.difficulty < 6) query.set('maxDifficulty', `T${wish.difficulty}`);
  if (wish.direction) query.set('direction', wish.direction);
  say('drive', 'min');
  say('days', '');
  say('seed', '');
  if (loop) query.set('loop', loop);
  const search = query.size > 0 ? `?${query.toString().replaceAll('%2C', ',')}` : '';
  return view ? `${search}#map=${view.zoom}/${view.lat}/${view.lon}` : search;
}
