import { describe, expect, test } from '@jest/globals';
import type { Edition } from '../database/editions.js';
import { editionsAt } from './where.js';

const region = (name: string, west: number, east: number): Edition =>
  ({ region: name, bounds: { south: -20, west, north: -10, east } }) as Edition;

const FIJI = region('Fiji', 177, -178);
const VITI_LEVU = region('Viti Levu', 177, 179);
const SAMOA = region('Samoa', -180, -171);

const namesAt = (lat: number, lon: number): string[] =>
  editionsAt([FIJI, VITI_LEVU, SAMOA], { lat, lon }, 'near').map(({ region }) => region);

describe('the regions at a point', () => {
  test.each([
    ['in two of them, the smaller first', 178, ['Viti Levu', 'Fiji']],
    ['beyond the antimeridian', -178.5, ['Fiji', 'Samoa']],
    ['on it, written as 180', 180, ['Fiji', 'Samoa']],
    ['on it, written as -180', -180, ['Fiji', 'Samoa']],
    ['east of the one that crosses it', -177, ['Samoa']],
  ])('%s', (_, lon, names) => {
    expect(namesAt(-15, lon)).toEqual(names);
  });

  test('none is there outside all of them, and the other way round is suggested', () => {
    expect(() => namesAt(-15, 0)).toThrow(/outside every region/);
    expect(() => namesAt(-9, 178)).toThrow(/outside every region/);
    expect(() => editionsAt([region('Alps', 5, 15)], { lat: 10, lon: -15 }, 'near')).toThrow(/near=-15,10/);
  });
});
