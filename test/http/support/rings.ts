import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRegion } from '../../../src/planning/import/make-region.js';
import { readExtract } from '../../../src/planning/import/osm/read-extract.js';
import { surveyOf } from '../../../src/planning/import/osm/survey-extract.js';
import type { ElevationAt } from '../../../src/planning/import/survey.js';
import type { Region } from '../../../src/planning/network/region.js';
import { type OsmData, osmFile } from '../../osm-file.js';

export type Tags = Record<string, string>;

/** Metres of a side, so that a ring is 2 km, and the degrees that they are at 45° north. */
const SIDE_METERS = 500;
const NORTH = SIDE_METERS / 111_195.08;
const EAST = NORTH / Math.cos((45 * Math.PI) / 180);
/** Degrees between rings: none is in reach of another. */
const APART = 0.1;

/** What is said of the ways of a ring, drawn from its start to the north, then east, south and west back to it. */
export interface Ring {
  /** Of all sides; `highway=path` unless given. */
  tags?: Tags;
  /** Of the last side instead, which is drawn from its south-eastern corner to the start. */
  last?: Tags;
  /** Of a node in the middle of the last side. */
  node?: Tags;
  relations?: { tags: Tags; id?: number; parts?: number[] }[];
  /** Times as long. */
  scale?: number;
}

/**
 * Small rings of paths far from each other in one extract: each is the only loop from its start, so that a wrong answer
 * can only come from what its tags say.
 */
export class Rings {
  readonly data: OsmData & { relations: NonNullable<OsmData['relations']> } = {
    replicatedAtMs: Date.UTC(2026, 4, 1),
    nodes: [],
    ways: [],
    relations: [],
  };
  #id = 1;
  #count = 0;
  readonly #lon: number;

  /** @param lon where the first of them lies */
  constructor(lon = 7) {
    this.#lon = lon;
  }

  node(lat: number, lon: number, tags?: Tags): number {
    this.data.nodes.push({ id: this.#id, lat, lon, ...(tags && { tags }) });
    return this.#id++;
  }

  way(refs: number[], tags?: Tags): number {
    this.data.ways.push({ id: this.#id, refs, ...(tags && { tags }) });
    return this.#id++;
  }

  /** A place for something of one's own: where it begins. */
  place(): { lat: number; lon: number } {
    return { lat: 45, lon: this.#lon + APART * this.#count++ };
  }

  /** @returns the start, as `start=` takes it */
  ring({ tags = { highway: 'path' }, last = tags, node, relations = [], scale = 1 }: Ring): string {
    const { lat, lon } = this.place();
    const [north, east] = [lat + scale * NORTH, lon + scale * EAST];
    const corners = [this.node(lat, lon), this.node(north, lon), this.node(north, east), this.node(lat, east)];
    const middle = this.node(lat, (lon + east) / 2, node);
    const ways = [this.way(corners, tags), this.way([corners[3]!, middle, corners[0]!], last)];
    for (const { tags: own, id = this.#id++, parts } of relations) {
      this.data.relations.push({ id, ways: parts ? [] : ways, ...(parts && { parts }), tags: own });
    }
    return `${lat},${lon}`;
  }

  /** The region that an import makes of it. */
  region(name: string, elevationAt: ElevationAt | null = null): Region {
    const folder = mkdtempSync(join(tmpdir(), 'loopwright-rings-'));
    const path = join(folder, 'rings.osm.pbf');
    writeFileSync(path, osmFile(this.data));
    try {
      const extract = readExtract(openSync(path, 'r'), () => {});
      const about = { name, synthetic: false, dataDate: extract.dataDate, source: path, attribution: 'nobody' };
      return makeRegion(about, surveyOf(extract), elevationAt);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}
