import { parse } from 'osm-pbf-parser-node';
import { BadExtract } from './blocks.js';
import type { Tags } from './tags.js';

interface Common {
  id: number;
  tags?: Tags;
  info?: { timestamp?: number };
}

/** Degrees. */
export interface OsmNode extends Common {
  type: 'node';
  lat: number;
  lon: number;
}

export interface OsmWay extends Common {
  type: 'way';
  refs: number[];
}

export interface OsmRelation extends Common {
  type: 'relation';
  members: { type: 'node' | 'way' | 'relation'; ref: number; role: string }[];
}

/**
 * The elements of an unpacked block of data.
 * @param withTimes whether to read when each was last changed
 * @throws BadExtract when the block is damaged
 */
export function elementsOf(block: Buffer, withTimes: boolean): (OsmNode | OsmWay | OsmRelation)[] {
  try {
    return parse(block, { withTags: true, withInfo: withTimes }) as (OsmNode | OsmWay | OsmRelation)[];
  } catch (error) {
    throw new BadExtract(`a block of the file is damaged: ${(error as Error).message}`);
  }
}
