import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loopsQuery } from './loops-query.js';
import { COMPASS } from './quantities.js';
import { UnfitQuery } from './read-query.js';
import { readWish } from './read-wish.js';
import { writeWish } from './write-wish.js';

const rawOf = (query: string): Record<string, string> => Object.fromEntries(new URLSearchParams(query));

const decimals = (max: number, digits: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: max - 1 }), fc.integer({ min: 0, max: digits }), fc.nat(999_999))
    .map(([whole, length, rest]) =>
      length === 0 ? String(whole) : `${whole}.${String(rest).padStart(6, '0').slice(0, length)}`,
    );
const quantity = (max: number, ...units: string[]) =>
  fc.tuple(decimals(max, 6), fc.constantFrom(...units)).map(([value, unit]) => value + unit);
const point = fc
  .tuple(decimals(90, 6), decimals(180, 6), fc.constantFrom('', '-', '+'))
  .map(([lat, lon, sign]) => `${sign}${lat},${sign}${lon}`);
const start = fc.oneof(
  fc.record({ near: fc.oneof(point, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })) }),
  fc.record({
    near: point,
    drive: fc.oneof(quantity(180, 'min'), quantity(3, 'h'), quantity(200, 'km'), quantity(124, 'mi')),
  }),
  fc.record({ trailhead: fc.stringMatching(/^[a-z][0-9]{1,12}$/) }),
  fc.record({ start: point }),
);
const lengths = fc.oneof(
  fc.record({ length: quantity(124, 'km', 'mi') }),
  fc.record({
    days: fc.integer({ min: 2, max: 6 }).map(String),
    perDay: fc
      .tuple(decimals(9, 6), decimals(9, 6), fc.constantFrom('km', 'mi'))
      .map(([less, more, unit]) => `${less}-${Number(more) + 10}${unit}`),
  }),
);
const more = fc.record(
  {
    minAscent: quantity(900, 'm', 'ft'),
    maxAscent: quantity(900, 'm', 'ft'),
    maxDifficulty: fc.constantFrom('T1', 't4', 'T6'),
    direction: fc.constantFrom(...COMPASS),
    count: fc.integer({ min: 1, max: 10 }).map(String),
    seed: fc.nat(2 ** 31 - 1).map(String),
    date: fc.constantFrom('2027-01-31', '2028-02-29'),
  },
  { requiredKeys: [] },
);
const question = fc.tuple(start, lengths, more).map((parts): Record<string, string> => Object.assign({}, ...parts));

/** Without the sign of zero. */
const told = (wish: unknown): unknown => JSON.parse(JSON.stringify(wish));

/** Questions that are none are not what is tried here. */
function wishOf(raw: Record<string, string>) {
  try {
    return readWish(raw);
  } catch (error) {
    if (error instanceof UnfitQuery) return null;
    throw error;
  }
}

describe('the query of a wish', () => {
  it('asks for the very same wish, whatever it is', () => {
    let understood = 0;
    fc.assert(
      fc.property(question, (raw) => {
        const wish = wishOf(raw);
        if (wish === null) return;
        understood += 1;
        expect(told(readWish(rawOf(writeWish(wish))))).toEqual(told(wish));
        // And is the one text for it.
        expect(writeWish(readWish(rawOf(writeWish(wish))))).toBe(writeWish(wish));
      }),
      { numRuns: 500 },
    );
    expect(understood).toBeGreaterThan(100);
  });

  it('can say every parameter there is', () => {
    const all = [
      { near: 'Ordino', drive: '45min', minAscent: '300m', maxAscent: '900m', maxDifficulty: 'T3', direction: 'NE' },
      { trailhead: 'w12', days: '3', perDay: '9-12mi', count: '1', seed: '7', date: '2027-01-31' },
      { start: '42.5,1.5' },
    ].map((raw) => writeWish(readWish({ length: '46km', ...raw })));
    const names = new Set(all.flatMap((query) => Object.keys(rawOf(query))));
    expect([...names].sort()).toEqual(Object.keys(loopsQuery.shape).sort());
  });

  it.each([
    ['?near=Ordino&length=15km', { near: ' Ordino ', length: '15.000 KM', count: '3', seed: '0' }],
    ['?start=42.5,-1.5&length=14.4841km&direction=NE', { start: '42.50 -1.500', length: '9mi', direction: 'ne' }],
    [
      '?near=Sant%20Juli%C3%A0%20%26%20%3Cb%3E&drive=20mi&length=8km',
      { near: 'Sant Julià & <b>', drive: '20 mi', length: '8km' },
    ],
  ])('is %s for any of its spellings', (query, raw) => expect(writeWish(readWish(raw))).toBe(query));
});
