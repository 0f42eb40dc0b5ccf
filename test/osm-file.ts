import { deflateSync } from 'node:zlib';

/** Elements for a hand-made extract. */
export interface OsmData {
  nodes: { id: number; lat: number; lon: number; tags?: Record<string, string> }[];
  ways: { id: number; refs: number[]; tags?: Record<string, string> }[];
  relations?: { id: number; ways: number[]; tags?: Record<string, string> }[];
  /** Milliseconds since 1970, for the header. */
  replicatedAtMs?: number;
  /** Milliseconds since 1970, when every element was last changed. */
  changedAtMs?: number;
}

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
const zigzag = (value: number): number[] => varint(value < 0 ? -2 * value - 1 : 2 * value);
const number = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, value: Iterable<number>): number[] => {
  const content = [...value];
  return [...varint(field * 8 + 2), ...varint(content.length), ...content];
};
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const deltas = (values: number[]): number[] => values.flatMap((value, i) => zigzag(value - (values[i - 1] ?? 0)));

const block = (type: string, content: number[]): Buffer => {
  const blob = [...number(2, content.length), ...bytes(3, deflateSync(Uint8Array.from(content)))];
  const header = [...bytes(1, text(type)), ...number(3, blob.length)];
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  return Buffer.concat([length, Buffer.from(header), Buffer.from(blob)]);
};

/** The data as a file in PBF (wiki.openstreetmap.org/wiki/PBF_Format): a header, and a block each of nodes, ways, relations. */
export function osmFile({ nodes, ways, relations = [], replicatedAtMs, changedAtMs }: OsmData): Buffer {
  const strings = [''];
  const index = (value: string): number => (strings.includes(value) ? strings.indexOf(value) : strings.push(value) - 1);
  const tagged = (tags: Record<string, string> = {}): number[] => [
    ...bytes(
      2,
      Object.keys(tags).flatMap((key) => varint(index(key))),
    ),
    ...bytes(
      3,
      Object.values(tags).flatMap((value) => varint(index(value))),
    ),
  ];
  const info = changedAtMs === undefined ? [] : bytes(4, number(2, changedAtMs / 1_000));
  const nodeGroup = nodes.flatMap(({ id, lat, lon, tags }) =>
    bytes(1, [
      ...[...varint(8), ...zigzag(id)],
      ...tagged(tags),
      ...info,
      ...[...varint(64), ...zigzag(Math.round(lat * 1e7))],
      ...[...varint(72), ...zigzag(Math.round(lon * 1e7))],
    ]),
  );
  const wayGroup = ways.flatMap(({ id, refs, tags }) =>
    bytes(3, [...number(1, id), ...tagged(tags), ...info, ...bytes(8, deltas(refs))]),
  );
  const relationGroup = relations.flatMap(({ id, ways: members, tags }) =>
    bytes(4, [
      ...number(1, id),
      ...tagged(tags),
      ...info,
      ...bytes(
        8,
        members.flatMap(() => varint(index(''))),
      ),
      ...bytes(9, deltas(members)),
      ...bytes(
        10,
        members.flatMap(() => varint(1)),
      ),
    ]),
  );
  const table = bytes(
    1,
    strings.flatMap((value) => bytes(1, text(value))),
  );
  const header = [...bytes(4, text('OsmSchema-V0.6')), ...(replicatedAtMs ? number(32, replicatedAtMs / 1_000) : [])];
  return Buffer.concat([
    block('OSMHeader', header),
    ...[nodeGroup, wayGroup, relationGroup]
      .filter((group) => group.length > 0)
      .map((group) => block('OSMData', [...table, ...bytes(2, group)])),
  ]);
}

/** A square of paths with a road beside it, a parking and a village: the least that a loop can be planned on. */
export const squareVillage: OsmData = {
  replicatedAtMs: Date.UTC(2025, 0, 19),
  nodes: [
    { id: 1, lat: 42.5, lon: 1.5 },
    { id: 2, lat: 42.51, lon: 1.5 },
    { id: 3, lat: 42.51, lon: 1.51 },
    { id: 4, lat: 42.5, lon: 1.51 },
    { id: 5, lat: 42.499, lon: 1.5 },
    { id: 6, lat: 42.5005, lon: 1.5, tags: { amenity: 'parking' } },
    {
      id: 7,
      lat: 42.5006,
      lon: 1.501,
      tags: { place: 'village', name: 'Vila', 'name:es': 'Villa', population: '120' },
    },
    { id: 8, lat: 42.4, lon: 1.5, tags: { amenity: 'parking' } },
  ],
  ways: [
    { id: 10, refs: [1, 2, 3], tags: { highway: 'path', sac_scale: 'mountain_hiking', name: 'Camí' } },
    { id: 11, refs: [3, 4, 1], tags: { highway: 'track' } },
    { id: 12, refs: [1, 5], tags: { highway: 'residential' } },
  ],
  relations: [{ id: 20, ways: [10], tags: { type: 'route', route: 'hiking', name: 'Gran Recorregut' } }],
};
