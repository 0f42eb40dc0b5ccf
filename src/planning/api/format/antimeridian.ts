import { HALF_E7, ROUND_E7, turnE7 } from '../../network/longitude.js';
import { degrees, tenths } from './rounding.js';

/** [lon, lat] or [lon, lat, elevation in metres]. */
export type Position = [number, number] | [number, number, number];

/** A point whose longitude goes on beyond 180 where the line crosses the antimeridian. */
interface Unrolled {
  lonE7: number;
  at: Position;
}

function unrolled(line: Position[]): Unrolled[] {
  let before = Math.round(line[0]![0] * 1e7);
  return line.map((at) => {
    before += turnE7(before % ROUND_E7, Math.round(at[0] * 1e7));
    return { lonE7: before, at };
  });
}

/** Where the stretch from a to b meets a meridian: the place of a line that is straight in degrees. */
function between(a: Unrolled, b: Unrolled, lonE7: number): Unrolled {
  const share = (lonE7 - a.lonE7) / (b.lonE7 - a.lonE7);
  const mean = (from: number, to: number): number => from + (to - from) * share;
  const [lon, lat] = [degrees(lonE7 / 1e7), degrees(mean(a.at[1], b.at[1]))];
  const [low, high] = [a.at[2], b.at[2]];
  return { lonE7, at: low === undefined || high === undefined ? [lon, lat] : [lon, lat, tenths(mean(low, high))] };
}

/**
 * Cuts a line at the antimeridian, so that no part of it crosses (RFC 7946 3.1.9): a part ends at 180 and the next one
 * begins at -180, or the other way round, with latitude and elevation in between. A line that only touches the
 * antimeridian stays whole.
 * @param line neighbours less than 180 degrees of longitude apart, going round the short way
 * @returns one part or more, in the order of the line, each of at least two points when the line is
 */
export function cutAtAntimeridian(line: Position[]): Position[][] {
  // Nearly all lines stay on this side: nothing of them needs to be made anew.
  if (line.every(([lon], i) => i === 0 || Math.abs(lon - line[i - 1]![0]) <= 180)) return [line];
  const points = unrolled(line);
  // The earth unrolled has an antimeridian at every odd multiple of 180 degrees; the line is between two of them.
  const inside = points.find(({ lonE7 }) => (lonE7 - HALF_E7) % ROUND_E7 !== 0);
  let middle = inside ? ROUND_E7 * Math.round(inside.lonE7 / ROUND_E7) : 0;
  const rolled = ({ lonE7, at: [, ...rest] }: Unrolled): Position => [(lonE7 - middle) / 1e7, ...rest] as Position;
  const parts: Position[][] = [[]];
  points.forEach((point, i) => {
    if (Math.abs(point.lonE7 - middle) > HALF_E7) {
      const side = Math.sign(point.lonE7 - middle);
      const edge = middle + side * HALF_E7;
      let cut = points[i - 1]!;
      if (cut.lonE7 !== edge) {
        cut = between(cut, point, edge);
        parts.at(-1)!.push(rolled(cut));
      }
      middle += side * ROUND_E7;
      parts.push([rolled(cut)]);
    }
    parts.at(-1)!.push(rolled(point));
  });
  return parts;
}
