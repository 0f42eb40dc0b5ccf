import { blob, framed, type Packing } from './pbf-blob.js';
import { deltas, type Field, type Message, type Value, write, zigzag } from './pbf-message.js';

type TextTags = Record<string, string>;

/** Elements for a hand-made extract. */
export interface OsmData {
  nodes: { id: number; lat: number; lon: number; tags?: TextTags; deleted?: boolean }[];
  ways: { id: number; refs: number[]; tags?: TextTags; deleted?: boolean }[];
  /** `inner`: those of the ways, or more of them, that are holes; `parts` are relations. */
  relations?: { id: number; ways: number[]; inner?: number[]; parts?: number[]; tags?: TextTags }[];
  /** Milliseconds since 1970, for the header. */
  replicatedAtMs?: number;
  /** Milliseconds since 1970, when every element was last changed. */
  changedAtMs?: number;
  /** Further features that a reader has to know. */
  needs?: string[];
  /** Nodes in columns, as nearly every file has them. */
  dense?: boolean;
  /** The ways tell where their nodes are; those without tags are left out. */
  locationsOnWays?: boolean;
  packing?: Packing;
}

const field = (number: number, value: Value): Field => ({ number, value });
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** The strings of a block, by number. */
class Table {
  readonly #numbers = new Map([['', 0]]);

  index(value: string): bigint {
    const number = this.#numbers.get(value) ?? this.#numbers.size;
    this.#numbers.set(value, number);
    return BigInt(number);
  }

  tags(tags: TextTags = {}): Message {
    return [
      field(
        2,
        Object.keys(tags).map((key) => this.index(key)),
      ),
      field(
        3,
        Object.values(tags).map((value) => this.index(value)),
      ),
    ];
  }

  get message(): Message {
    return [...this.#numbers.keys()].map((value) => field(1, text(value)));
  }
}

const e7 = (degrees: number): number => Math.round(degrees * 1e7);

/** The message PrimitiveBlock with one group of elements (wiki.openstreetmap.org/wiki/PBF_Format). */
const primitiveBlock = (group: (table: Table) => Message): Message => {
  const table = new Table();
  const elements = group(table);
  return [field(1, table.message), field(2, elements)];
};

const past = (changedAtMs: number | undefined, deleted: boolean | undefined): Message => [
  ...(changedAtMs === undefined ? [] : [field(2, BigInt(changedAtMs / 1_000))]),
  ...(deleted === undefined ? [] : [field(6, deleted ? 0n : 1n)]),
];

function densely(nodes: OsmData['nodes'], changedAtMs: number | undefined, table: Table): Message {
  const tags = nodes.flatMap(({ tags = {} }) => [
    ...Object.entries(tags).flatMap(([key, value]) => [table.index(key), table.index(value)]),
    0n,
  ]);
  const times = changedAtMs === undefined ? [] : [field(2, deltas(nodes.map(() => changedAtMs / 1_000)))];
  const visible = nodes.some(({ deleted }) => deleted)
    ? [
        field(
          6,
          nodes.map(({ deleted }) => (deleted ? 0n : 1n)),
        ),
      ]
    : [];
  const columns: Message = [
    field(1, deltas(nodes.map(({ id }) => id))),
    field(5, [...times, ...visible]),
    field(8, deltas(nodes.map(({ lat }) => e7(lat)))),
    field(9, deltas(nodes.map(({ lon }) => e7(lon)))),
    field(10, tags),
  ];
  return [field(2, columns)];
}

const singly = (nodes: OsmData['nodes'], changedAtMs: number | undefined, table: Table): Message =>
  nodes.map(({ id, lat, lon, tags, deleted }) =>
    field(1, [
      field(1, zigzag(id)),
      ...table.tags(tags),
      field(4, past(changedAtMs, deleted)),
      field(8, zigzag(e7(lat))),
      field(9, zigzag(e7(lon))),
    ]),
  );

/** The data as blocks of elements: one each of nodes, ways and relations, as far as there are any. */
export function osmBlocks(data: OsmData): Message[] {
  const { ways, relations = [], changedAtMs, dense, locationsOnWays } = data;
  const nodes = data.nodes.filter(({ tags }) => !locationsOnWays || tags);
  const placeOf = new Map(data.nodes.map((node) => [node.id, node]));
  const located = (refs: number[]): Message => {
    const places = refs.map((ref) => placeOf.get(ref)!);
    return [field(9, deltas(places.map(({ lat }) => e7(lat)))), field(10, deltas(places.map(({ lon }) => e7(lon))))];
  };
  const blocks: Message[] = [];
  if (nodes.length > 0) blocks.push(primitiveBlock((table) => (dense ? densely : singly)(nodes, changedAtMs, table)));
  if (ways.length > 0) {
    blocks.push(
      primitiveBlock((table) =>
        ways.map(({ id, refs, tags, deleted }) =>
          field(3, [
            field(1, BigInt(id)),
            ...table.tags(tags),
            field(4, past(changedAtMs, deleted)),
            field(8, deltas(refs)),
            ...(locationsOnWays ? located(refs) : []),
          ]),
        ),
      ),
    );
  }
  if (relations.length > 0) {
    blocks.push(
      primitiveBlock((table) =>
        relations.map(({ id, ways, inner = [], parts = [], tags }) => {
          const members = [
            ...ways.map((ref) => ({ ref, role: inner.includes(ref) ? 'inner' : '', type: 1n })),
            ...inner.filter((ref) => !ways.includes(ref)).map((ref) => ({ ref, role: 'inner', type: 1n })),
            ...parts.map((ref) => ({ ref, role: '', type: 2n })),
          ];
          return field(4, [
            field(1, BigInt(id)),
            ...table.tags(tags),
            field(4, past(changedAtMs, undefined)),
            field(
              8,
              members.map(({ role }) => table.index(role)),
            ),
            field(9, deltas(members.map(({ ref }) => ref))),
            field(
              10,
              members.map(({ type }) => type),
            ),
          ]);
        }),
      ),
    );
  }
  return blocks;
}

/** The message HeaderBlock. */
export const osmHeader = ({ replicatedAtMs, needs = [] }: Pick<OsmData, 'replicatedAtMs' | 'needs'>): Message => [
  ...['OsmSchema-V0.6', ...needs].map((feature) => field(4, text(feature))),
  ...(replicatedAtMs === undefined ? [] : [field(32, BigInt(replicatedAtMs / 1_000))]),
];

/** The data as a file in PBF: a header, and its blocks. */
export const osmFile = (data: OsmData): Buffer =>
  Buffer.concat([
    framed('OSMHeader', blob(write(osmHeader(data)), data.packing)),
    ...osmBlocks(data).map((block) => framed('OSMData', blob(write(block), data.packing))),
  ]);

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
