/** Metres along a line of [lon, lat, …] by the haversine formula; written apart from the program's own. */
export function metersAlong(line: number[][]): number {
  const radians = Math.PI / 180;
  let sum = 0;
  for (let i = 1; i < line.length; i++) {
    const [lonA, latA] = line[i - 1] as [number, number];
    const [lonB, latB] = line[i] as [number, number];
    const h =
      Math.sin(((latB - latA) * radians) / 2) ** 2 +
      Math.cos(latA * radians) * Math.cos(latB * radians) * Math.sin(((lonB - lonA) * radians) / 2) ** 2;
    sum += 2 * 6_371_008.8 * Math.asin(Math.sqrt(h));
  }
  return sum;
}

/** All points of a loop in the order of walking, whether it is cut at the antimeridian or not. */
export const lineOf = ({ coordinates }: { coordinates: number[][] | number[][][] }): number[][] =>
  coordinates.flatMap((part) => (typeof part[0] === 'number' ? [part as number[]] : (part as number[][])));

/** Decimals that a number is written with. */
export const decimals = (value: number): number => (/\.(\d+)$/.exec(String(value))?.[1] ?? '').length;
