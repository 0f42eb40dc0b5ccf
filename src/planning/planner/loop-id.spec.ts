import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { areaOf } from '../../../test/networks.js';
import { drawGrid } from '../network/build-network.js';
import { METERS_PER_DEGREE } from '../network/geodesy.js';
import { placesOf } from './id/course.js';
import { decodeLoopId, encodeLoopId, MalformedLoopId } from './loop-id.js';
import { type LoopRequest, plainRequest } from './loop-request.js';
import { planLoops } from './plan.js';
import { rebuildLoop } from './rebuild.js';
import { neverStop } from './stop.js';

const area = areaOf(drawGrid(24, 24, 250));
const asked = plainRequest(6_000, { minAscentMeters: 100, maxAscentMeters: 2_000 });
const [loop] = planLoops(area, 300, asked, neverStop()).loops;
const id = encodeLoopId(loop, asked, 'n12345');

/** What the first form of ids called this very loop. */
const FIRST_FORM = 'AQZuMTIzNDWs2NHhBv26-PcE4NQDZdEPAPIuGOTZgbgCnWWAWH7m';

/** On a plane that touches the earth at the place. */
function metersToLine({ lon, lat }: { lon: number; lat: number }, line: Float64Array): number {
  let least = Number.POSITIVE_INFINITY;
  const [perLon, perLat] = [METERS_PER_DEGREE * Math.cos((lat * Math.PI) / 180), METERS_PER_DEGREE];
  const at = (i: number) => [(line[3 * i] - lon) * perLon, (line[3 * i + 1] - lat) * perLat] as const;
  for (let i = 0; 3 * i + 3 < line.length; i++) {
    const [[ax, ay], [bx, by]] = [at(i), at(i + 1)];
    const square = (bx - ax) ** 2 + (by - ay) ** 2;
    const share = square > 0 ? Math.max(0, Math.min(1, -(ax * (bx - ax) + ay * (by - ay)) / square)) : 0;
    least = Math.min(least, Math.hypot(ax + share * (bx - ax), ay + share * (by - ay)));
  }
  return least;
}

const changed = (more: Partial<LoopRequest>): string => encodeLoopId(loop, { ...asked, ...more }, 'n12345');

describe('a loop', () => {
  test('has an id that says where it goes, to a sixtieth of the distance between two points', () => {
    const { course, startLonE7, startLatE7, lengthMeters } = decodeLoopId(id);
    const places = placesOf(course!, startLonE7 / 1e7, startLatE7 / 1e7, lengthMeters);
    expect(places).toHaveLength(16);
    const metersPerStep = lengthMeters / 17 / 60;
    for (const place of places) expect(metersToLine(place, loop.coordinates)).toBeLessThan(2 * metersPerStep);
  });

  test('is found by an id of the first form, and is given the one that it has now', () => {
    const found = rebuildLoop(area, FIRST_FORM)!;
    expect(found.coordinates).toEqual(loop.coordinates);
    expect(encodeLoopId(found, decodeLoopId(FIRST_FORM).request, decodeLoopId(FIRST_FORM).trailhead)).toBe(id);
  });
});

describe('text that is no id', () => {
  test.each([
    ['an id and more', `${id}A`],
    ['an id and zero bytes', `${id}AAAA`],
    [
      'an id of the first form and a zero byte',
      Buffer.concat([Buffer.from(FIRST_FORM, 'base64url'), Buffer.of(0)]).toString('base64url'),
    ],
    ['an id without its end', id.slice(0, -4)],
    ['an id padded', `${id}=`],
    [
      'an id of the first form with another number of bytes for the same',
      Buffer.from('0180', 'hex').toString('base64url') + FIRST_FORM.slice(2),
    ],
    ['a loop of 400 km', changed({ lengthMeters: 400_000 })],
    ['a loop half as long again as asked', changed({ lengthMeters: 4_000 })],
    ['a loop with more ascent than may be asked', changed({ minAscentMeters: 20_001 })],
    ['a loop of a grade that there is not', changed({ maxDifficulty: 7 })],
    ['a trailhead that is none', encodeLoopId(loop, asked, 'Ordino')],
  ])('is refused: %s', (_, text) => {
    expect(() => decodeLoopId(text)).toThrow(MalformedLoopId);
  });

  test('is refused whatever byte of an id is another', () => {
    const bytes = Buffer.from(id, 'base64url');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const other = Buffer.from(bytes);
        other[at] ^= by;
        expect(() => decodeLoopId(other.toString('base64url'))).toThrow(MalformedLoopId);
      }),
    );
  });

  test('is refused, or is the id of what it holds, whatever bytes it is made of', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 2), fc.uint8Array({ maxLength: 80 }), (version, rest) => {
        const text = Buffer.from([version, ...rest]).toString('base64url');
        try {
          const { request, lengthMeters } = decodeLoopId(text);
          expect(Math.max(request.lengthMeters, lengthMeters)).toBeLessThanOrEqual(220_001);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedLoopId);
        }
      }),
    );
  });
});
