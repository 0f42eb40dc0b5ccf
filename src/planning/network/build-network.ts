import { distanceMetersE7 } from './geodesy.js';
import { KINDS, type Kind, type Network, UNKNOWN_ELEVATION, WALK_BOTH_WAYS } from './network.js';

/** A segment by hand: straight unless it has points between its junctions. */
export interface DrawnSegment {
  from: number;
  to: number;
  /** Between the two junctions: lon, lat in degrees, elevation in metres. */
  between?: [number, number, number?][];
  kind?: Kind;
  difficulty?: number;
  walkable?: number;
  cautions?: number;
  /** As network/closings.ts writes it. */
  closing?: string;
  name?: string;
  routes?: string[];
}

/**
 * A network from a drawing, for tests and for warming the planner up.
 * @param junctions lon, lat in degrees and elevation in metres, unknown when left out
 */
export function buildNetwork(junctions: [number, number, number?][], segments: DrawnSegment[]): Network {
  const strings = [''];
  const stringIndex = new Map<string, number>([['', 0]]);
  const intern = (text: string): number => {
    if (!stringIndex.has(text)) stringIndex.set(text, strings.push(text) - 1);
    return stringIndex.get(text)!;
  };
  const points: [number, number, number][] = [];
  const pointOffset = [0];
  const routes: number[] = [];
  const routeOffset = [0];
  const lengths: number[] = [];
  const climbs: { up: number; down: number }[] = [];
  const e7 = ([lon, lat, elevation]: [number, number, number?]): [number, number, number] => [
    Math.round(lon * 1e7),
    Math.round(lat * 1e7),
    elevation === undefined ? UNKNOWN_ELEVATION : Math.round(elevation * 2),
  ];
  for (const { from, to, between = [], routes: along = [] } of segments) {
    const course = [junctions[from], ...between, junctions[to]].map(e7);
    let length = 0;
    let up = 0;
    let down = 0;
    for (let i = 1; i < course.length; i++) {
      const [a, b] = [course[i - 1], course[i]];
      length += distanceMetersE7(a[0], a[1], b[0], b[1]);
      const rise = a[2] === UNKNOWN_ELEVATION || b[2] === UNKNOWN_ELEVATION ? Number.NaN : (b[2] - a[2]) / 2;
      up += Math.max(0, rise);
      down += Math.max(0, -rise);
    }
    lengths.push(length);
    climbs.push({ up, down });
    points.push(...course);
    pointOffset.push(points.length);
    routes.push(...along.map(intern));
    routeOffset.push(routes.length);
  }
  return {
    junctionCount: junctions.length,
    junctionId: Uint32Array.from(junctions, (_, i) => i),
    junctionLonE7: Int32Array.from(junctions, (at) => e7(at)[0]),
    junctionLatE7: Int32Array.from(junctions, (at) => e7(at)[1]),
    segmentCount: segments.length,
    segmentId: Uint32Array.from(segments, (_, i) => i),
    from: Uint32Array.from(segments, ({ from }) => from),
    to: Uint32Array.from(segments, ({ to }) => to),
    lengthMeters: Float64Array.from(lengths),
    ascentMeters: Float32Array.from(climbs, ({ up }) => up),
    descentMeters: Float32Array.from(climbs, ({ down }) => down),
    kind: Uint8Array.from(segments, ({ kind = 'path' }) => KINDS.indexOf(kind)),
    surface: new Uint8Array(segments.length),
    difficulty: Uint8Array.from(segments, ({ difficulty = 0 }) => difficulty),
    visibility: new Uint8Array(segments.length),
    walkable: Uint8Array.from(segments, ({ walkable = WALK_BOTH_WAYS }) => walkable),
    cautions: Uint32Array.from(segments, ({ cautions = 0 }) => cautions),
    closing: Uint32Array.from(segments, ({ closing = '' }) => intern(closing)),
    name: Uint32Array.from(segments, ({ name = '' }) => intern(name)),
    routeOffset: Uint32Array.from(routeOffset),
    routes: Uint32Array.from(routes),
    pointOffset: Uint32Array.from(pointOffset),
    pointLonE7: Int32Array.from(points, ([lon]) => lon),
    pointLatE7: Int32Array.from(points, ([, lat]) => lat),
    pointElevation: Int16Array.from(points, ([, , elevation]) => elevation),
    strings,
  };
}

/** Streets of a made-up town: `columns` × `rows` junctions about `stepMeters` apart, shaken so that no two are alike. */
export function drawGrid(columns: number, rows: number, stepMeters: number, lon0 = 1.5, lat0 = 42.5): Network {
  const step = stepMeters / 111_195;
  const wave = (i: number): number => Math.sin(i * 12.9898) * 0.3;
  const junctions = Array.from({ length: columns * rows }, (_, i): [number, number, number] => {
    const x = (i % columns) + wave(i);
    const y = Math.floor(i / columns) + wave(i + 0.5);
    return [lon0 + (x * step) / Math.cos((lat0 * Math.PI) / 180), lat0 + y * step, 1000 + 60 * x + 40 * wave(i)];
  });
  const segments: DrawnSegment[] = [];
  for (let i = 0; i < columns * rows; i++) {
    const kind = Math.floor(i / columns) % 5 === 2 ? 'residential' : 'path';
    if ((i + 1) % columns !== 0) segments.push({ from: i, to: i + 1, kind });
    if (i + columns < columns * rows) segments.push({ from: i, to: i + columns });
  }
  return buildNetwork(junctions, segments);
}
