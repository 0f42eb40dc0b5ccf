/**
 * The square that the web draws the world on (EPSG:3857, the antimeridian at both sides), in whole units of 3.7 cm at the
 * equator: x grows eastwards, y southwards. Every tile of every zoom begins at a whole unit.
 */
export const WORLD = 2 ** 30;

/** Units along the side of a tile. */
export const tileUnits = (z: number): number => WORLD / 2 ** z;

/** @param lonE7 degrees × 1e7; beyond the antimeridian x goes on beyond the world */
export const worldX = (lonE7: number): number => Math.round((lonE7 / 3.6e9 + 0.5) * WORLD);

/** @param latE7 degrees × 1e7; what lies nearer to a pole than the square shows is put on its edge */
export function worldY(latE7: number): number {
  const sine = Math.sin((latE7 * Math.PI) / 1.8e9);
  const y = (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD;
  return Math.round(Math.min(WORLD, Math.max(0, y)));
}

/** Degrees east of the meridian of Greenwich. */
export const longitudeOf = (x: number): number => (x / WORLD - 0.5) * 360;

/** Degrees north of the equator. */
export const latitudeOf = (y: number): number =>
  (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / WORLD))) * 180) / Math.PI;

/** A box in units of the world, its edges included; `maxX` is beyond the world where the antimeridian lies between. */
export interface WorldBox {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

/** @param bounds degrees; west is greater than east where the antimeridian lies between */
export function boxOf({
  south,
  west,
  north,
  east,
}: {
  south: number;
  west: number;
  north: number;
  east: number;
}): WorldBox {
  const across = west > east ? 3.6e9 : 0;
  return {
    minX: worldX(west * 1e7),
    minY: worldY(north * 1e7),
    maxX: worldX(east * 1e7 + across),
    maxY: worldY(south * 1e7),
  };
}

/** A box grown by some units on every side. */
export const grown = ({ minX, minY, maxX, maxY }: WorldBox, by: number): WorldBox => ({
  minX: minX - by,
  minY: minY - by,
  maxX: maxX + by,
  maxY: maxY + by,
});

/** Whether two boxes have a place in common. */
export const meets = (a: WorldBox, b: WorldBox): boolean =>
  a.minX <= b.maxX && b.minX <= a.maxX && a.minY <= b.maxY && b.minY <= a.maxY;

/** The box of a tile; `x` may be beyond the row, as boxes may. */
export function tileBox(z: number, x: number, y: number): WorldBox {
  const units = tileUnits(z);
  return { minX: x * units, minY: y * units, maxX: (x + 1) * units, maxY: (y + 1) * units };
}
