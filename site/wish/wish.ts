/** What the visitor wishes for, in the API's units. */
export interface Wish {
  start: Start | null;
  /** Of the walk, or of each day where there are several. */
  lengthKm: number;
  minAscent: number;
  /** ASCENT_MAX: any. */
  maxAscent: number;
  /** 1 to 6; 6: any. */
  difficulty: number;
  direction: Direction | null;
  /** Minutes that one would drive; 0: walks begin right here. */
  drive: number;
  days: number;
  seed: number;
}

export type Start =
  | { kind: 'point'; lat: number; lon: number; name: string | null }
  | { kind: 'trailhead'; id: string; lat: number; lon: number; name: string | null };

export const DIRECTIONS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const LENGTH = { min: 2, max: 40 } as const;
export const ASCENT_MAX = 2500;
export const DRIVE_MAX = 90;
export const DAYS_MAX = 7;

export const DEFAULT_WISH: Wish = {
  start: null,
  lengthKm: 10,
  minAscent: 0,
  maxAscent: ASCENT_MAX,
  difficulty: 6,
  direction: null,
  drive: 0,
  days: 1,
  seed: 0,
};

const degrees = (value: number): string => String(Number(value.toFixed(5)));
export const pointText = ({ lat, lon }: { lat: number; lon: number }): string => `${degrees(lat)},${degrees(lon)}`;

const tenths = (value: number): string => String(Math.round(value * 10) / 10);

/** What one day of several may measure: a fifth less or more than the wish. */
export const perDay = (km: number): string => `${tenths(km * 0.8)}-${tenths(km * 1.2)}km`;

/** The question to `/v1/loops`, null while nobody has said where. */
export function question(wish: Wish): URLSearchParams | null {
  const { start } = wish;
  if (!start) return null;
  const query = new URLSearchParams();
  if (start.kind === 'trailhead') query.set('trailhead', start.id);
  else if (wish.drive > 0) {
    query.set('near', pointText(start));
    query.set('drive', `${wish.drive}min`);
  } else query.set('start', pointText(start));
  if (wish.days > 1) {
    query.set('days', String(wish.days));
    query.set('perDay', perDay(wish.lengthKm));
  } else query.set('length', `${tenths(wish.lengthKm)}km`);
  if (wish.minAscent > 0) query.set('minAscent', `${wish.minAscent}m`);
  if (wish.maxAscent < ASCENT_MAX) query.set('maxAscent', `${wish.maxAscent}m`);
  if (wish.difficulty < 6) query.set('maxDifficulty', `T${wish.difficulty}`);
  if (wish.direction) query.set('direction', wish.direction);
  if (wish.seed > 0) query.set('seed', String(wish.seed));
  return query;
}

/** Of what is left of a wish that nothing answers: the wish without its conditions. */
export const unconditional = (wish: Wish): Wish => ({ ...DEFAULT_WISH, start: wish.start, lengthKm: wish.lengthKm });
