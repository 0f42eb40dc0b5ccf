import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { looksLikeCoordinates, readCoordinates } from './coordinates.js';
import { BadValue, readAscent, readDifficulty, readDrive, readLength, readWhole } from './quantities.js';

describe('a length', () => {
  test.each([
    ['15km', 15_000],
    ['15 km', 15_000],
    ['9mi', 14_484.096],
    ['0.5KM', 500],
    ['200km', 200_000],
  ])('%s is %d m', (text, meters) => {
    expect(readLength(text)).toBeCloseTo(meters, 6);
  });

  test('without a unit is refused, with the unit that was probably meant', () => {
    expect(() => readLength('15')).toThrow('did you mean 15km?');
  });

  test.each([
    '',
    'km',
    '15m',
    '15 miles',
    '-3km',
    'NaN',
    '1e308km',
    '0x10km',
    '0.4km',
    '201km',
    '15,5km',
    '15kmkm',
    '9'.repeat(300),
  ])('%p is refused', (text) => {
    expect(() => readLength(text)).toThrow(BadValue);
  });
});

test('ascents, drives, grades and whole numbers are read in their units', () => {
  expect(readAscent('600m')).toBe(600);
  expect(readAscent('2000ft')).toBeCloseTo(609.6, 9);
  expect(() => readAscent('600')).toThrow('did you mean 600m?');
  expect(readDrive('45min')).toEqual({ meters: null, seconds: 2700 });
  expect(readDrive('1.5h')).toEqual({ meters: null, seconds: 5400 });
  expect(readDrive('30km')).toEqual({ meters: 30_000, seconds: null });
  expect(() => readDrive('30')).toThrow('did you mean 30min?');
  expect(() => readDrive('4h')).toThrow('outside');
  expect(readDifficulty('t3')).toBe(3);
  expect(() => readDifficulty('T7')).toThrow(BadValue);
  expect(readWhole('10', 1, 10)).toBe(10);
  for (const text of ['0', '11', '1.5', '-1', '1e1', ' 1', '99999999999'])
    expect(() => readWhole(text, 1, 10)).toThrow(BadValue);
});

describe('coordinates', () => {
  test('are latitude and longitude, whatever stands between them', () => {
    for (const text of ['42.5565,1.5332', '42.5565, 1.5332', '42.5565 1.5332', '+42.5565;1.5332']) {
      expect(readCoordinates(text)).toEqual({ lat: 42.5565, lon: 1.5332 });
    }
  });

  test('in the wrong order are told so', () => {
    expect(() => readCoordinates('-121.7,46.8')).toThrow('did you mean 46.8,-121.7?');
  });

  test.each(['91,0', '0,181', '95,95', '1', '1,2,3', 'NaN,NaN', '1e2,3', ',', '42.5565,'])('%p are refused', (text) => {
    expect(() => readCoordinates(text)).toThrow(BadValue);
  });

  test('any pair on the earth is read back as it was written', () => {
    const degrees = (most: number) => fc.integer({ min: -most * 1e6, max: most * 1e6 }).map((n) => n / 1e6);
    fc.assert(
      fc.property(degrees(90), degrees(180), (lat, lon) => {
        const text = `${lat.toFixed(6)},${lon.toFixed(6)}`;
        expect(looksLikeCoordinates(text)).toBe(true);
        expect(readCoordinates(text)).toEqual({ lat: Number(lat.toFixed(6)), lon: Number(lon.toFixed(6)) });
      }),
    );
  });

  test('a name is not taken for them', () => {
    for (const name of ['Ordino', 'Refuge 2', '富士山']) expect(looksLikeCoordinates(name)).toBe(false);
  });
});

test('whatever is typed, a reader gives a finite value or says what is wrong', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.double().map(String)), (text) => {
      for (const read of [
        readLength,
        readAscent,
        readDifficulty,
        (t: string) => readDrive(t).seconds ?? readDrive(t).meters,
      ]) {
        try {
          expect(Number.isFinite(read(text))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(BadValue);
        }
      }
    }),
  );
});
