import type { Kind } from '../../network/network.js';
import { randomFrom } from './random.js';
import type { Point, Valley } from './terrain.js';

/** A road or the track that it ends in. */
export interface Road {
  points: Point[];
  kind: Kind;
  name: string;
  /** 0 where no car may go. */
  speedKmh: number;
}

/** A village on a road. */
export interface Settlement {
  at: Point;
  /** Index of its valley. */
  valley: number;
  /** How far up the valley, 0–1. */
  up: number;
}

const STREET_RADIUS_METERS = 140;

/** Roads along the valley bottoms: paved up to two thirds of a side valley, a track from there to its head. */
export function roadsOf(valleys: Valley[], names: string[]): Road[] {
  return valleys.flatMap(({ bottom }, v): Road[] => {
    if (v === 0) return [{ points: bottom, kind: 'tertiary', name: names[0], speedKmh: 60 }];
    const end = Math.floor(bottom.length * 0.66);
    return [
      { points: bottom.slice(0, end + 1), kind: 'unclassified', name: names[v], speedKmh: 40 },
      { points: bottom.slice(end), kind: 'track', name: '', speedKmh: 0 },
    ];
  });
}

/** A settlement where two valleys meet, and others along the roads between. */
export function settlementsOf(valleys: Valley[], seed: number): Settlement[] {
  const random = randomFrom(seed + 77);
  return valleys.flatMap(({ bottom }, valley) => {
    const ups = valley === 0 ? [0.1, 0.32, 0.56, 0.82] : [0.3 + random() * 0.06, 0.6];
    return ups.map((up) => ({ at: bottom[Math.round(up * (bottom.length - 1))], valley, up }));
  });
}

/** The streets of a settlement: a round one that crosses the valley's road, and a lane out of it. */
export function streetsOf({ at }: Settlement, number: number): Road[] {
  const corner = (angle: number, meters: number): Point => ({
    x: at.x + meters * Math.cos(angle),
    y: at.y + meters * Math.sin(angle),
  });
  const corners = 8;
  const turn = number * 0.7;
  const ring = Array.from({ length: corners }, (_, i) =>
    corner(turn + (i / corners) * 2 * Math.PI, STREET_RADIUS_METERS),
  );
  return [
    { points: [...ring, ring[0]], kind: 'residential', name: 'Ring Lane', speedKmh: 30 },
    {
      points: [ring[2], corner(turn + Math.PI / 2, 2 * STREET_RADIUS_METERS)],
      kind: 'living_street',
      name: '',
      speedKmh: 10,
    },
  ];
}
