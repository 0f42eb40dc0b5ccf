import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Network } from '../../network/network.js';
import { countsOf, regionRows } from '../region-rows.js';
import { SAMPLE_NAME, sampleCountry, sampleRegion } from './sample-region.js';

/** Junctions from which a walk can go out and come back another way: those on a cycle. */
function onCycles({ junctionCount, segmentCount, from, to }: Network): boolean[] {
  const at: number[][] = Array.from({ length: junctionCount }, () => []);
  for (let s = 0; s < segmentCount; s++) {
    at[from[s]].push(s);
    at[to[s]].push(s);
  }
  // Leaves fall off until only cycles and what joins them are left.
  const alive = new Set(from.keys());
  const degree = at.map((segments) => segments.length);
  const leaves = [...degree.keys()].filter((junction) => degree[junction] === 1);
  for (let leaf = leaves.pop(); leaf !== undefined; leaf = leaves.pop()) {
    const segment = at[leaf].find((s) => alive.has(s));
    if (segment === undefined) continue;
    alive.delete(segment);
    for (const end of [from[segment], to[segment]]) if (--degree[end] === 1) leaves.push(end);
  }
  return degree.map((count) => count > 1);
}

describe('the sample region', () => {
  const region = sampleRegion();
  const { network } = region;

  test('the same seed gives the same bytes, another seed another region', () => {
    const bytes = (seed: number): string => {
      const { trailTiles, roadTiles, ...rest } = regionRows(sampleRegion(sampleCountry(seed)));
      const hash = createHash('sha256').update(JSON.stringify(rest));
      for (const { x, y, body } of [...trailTiles, ...roadTiles]) hash.update(`${x} ${y}`).update(body);
      return hash.digest('hex');
    };
    expect(bytes(7)).toBe(bytes(7));
    expect(bytes(7)).not.toBe(bytes(8));
  });

  test('says that it is synthetic in its name, its attribution and its flag', () => {
    expect(region.name).toBe(SAMPLE_NAME);
    expect(region.name).toContain('synthetic');
    expect(region.attribution).toMatch(/synthetic/i);
    expect(region.synthetic).toBe(true);
  });

  test('has a few hundred kilometres of trails, roads beside them, villages, huts and dozens of trailheads', () => {
    const counts = countsOf(region);
    expect(counts.trailMeters).toBeGreaterThan(300_000);
    expect(counts.trailMeters).toBeLessThan(700_000);
    expect(counts.roadMeters).toBeGreaterThan(40_000);
    expect(counts.trailheads).toBeGreaterThan(40);
    expect(region.places.filter(({ kind }) => kind === 'village' || kind === 'hamlet').length).toBeGreaterThan(8);
    expect(region.places.map(({ name }) => name)).toContain('Samplebridge');
    expect(region.stays.length).toBeGreaterThan(8);
    expect(region.roads.from.length).toBeGreaterThan(100);
  });

  test('climbs like mountains do: every ascent known, 40–110 m of it a kilometre', () => {
    const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
    const climbed = sum(network.ascentMeters) + sum(network.descentMeters);
    expect(climbed / 2 / (sum(network.lengthMeters) / 1_000)).toBeGreaterThan(40);
    expect(climbed / 2 / (sum(network.lengthMeters) / 1_000)).toBeLessThan(110);
  });

  test('has difficulties, hiking routes and dead ends, and nearly every trailhead lies on a cycle', () => {
    expect(new Set(network.difficulty)).toEqual(new Set([0, 1, 2, 3, 4]));
    expect(new Set(Array.from(network.routes, (route) => network.strings[route])).size).toBe(3);
    const cycles = onCycles(network);
    expect(cycles.filter((on) => !on).length).toBeGreaterThan(10);
    const starting = region.trailheads.filter(({ junction }) => cycles[junction]);
    expect(starting.length / region.trailheads.length).toBeGreaterThan(0.9);
  });
});
