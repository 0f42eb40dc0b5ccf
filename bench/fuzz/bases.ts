import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { ExtractFile } from '../../src/planning/import/pbf/blobs-in-file.js';
import { type OsmData, osmBlocks, osmHeader } from '../../test/osm-file.js';
import { BLOCK, type Message, read } from '../../test/pbf-message.js';

/** A good extract to damage, unpacked. */
export interface Base {
  name: string;
  header: Message;
  /** Of data, each as the message PrimitiveBlock. */
  blocks: Message[];
}

const SIDE = 12;

/** A valley with all that an import looks for: paths, roads, barriers, parkings, places, huts, a route, an area of two ways. */
function drawnValley(): OsmData {
  const nodes: OsmData['nodes'] = [];
  const ways: OsmData['ways'] = [];
  const id = (column: number, row: number): number => 1_000 + row * SIDE + column;
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      // Crooked, so that no two lengths are the same.
      const bend = ((column * 7 + row * 13) % 5) / 4_000;
      nodes.push({ id: id(column, row), lat: 46 + row / 250 + bend, lon: 11 + column / 200 - bend });
    }
  }
  const line = Array.from({ length: SIDE }, (_, i) => i);
  for (let i = 0; i < SIDE; i++) {
    const highway = i === 3 ? 'residential' : i % 4 === 1 ? 'track' : 'path';
    ways.push({ id: 100 + i, refs: line.map((k) => id(k, i)), tags: { highway, name: `Weg ${i}`, surface: 'ground' } });
    ways.push({ id: 200 + i, refs: line.map((k) => id(i, k)), tags: { highway: 'path', sac_scale: 'hiking' } });
  }
  nodes[40].tags = { barrier: 'bollard' };
  nodes.push(
    { id: 5_000, lat: 46.0101, lon: 11.0102, tags: { amenity: 'parking', name: 'Ober der Mühle' } },
    {
      id: 5_001,
      lat: 46.012,
      lon: 11.012,
      tags: { place: 'village', name: 'Tal', 'name:it': 'Valle', population: '90' },
    },
    { id: 5_002, lat: 46.03, lon: 11.03, tags: { tourism: 'alpine_hut', name: 'Hütte' } },
    { id: 5_003, lat: 46.04, lon: 11.04, tags: { natural: 'peak', name: 'Spitz', 'name:en': 'Peak' } },
    { id: 5_004, lat: 46.0205, lon: 11.0201 },
    { id: 5_005, lat: 46.0206, lon: 11.0206 },
    { id: 5_006, lat: 46.0201, lon: 11.0206 },
  );
  ways.push({ id: 300, refs: [5_004, 5_005] }, { id: 301, refs: [5_005, 5_006, 5_004] });
  return {
    nodes,
    ways,
    relations: [
      { id: 20, ways: [101, 102, 205], tags: { type: 'route', route: 'hiking', name: 'Rundweg' } },
      { id: 21, ways: [300, 301], tags: { type: 'multipolygon', amenity: 'parking' } },
    ],
    replicatedAtMs: Date.UTC(2025, 5, 1),
  };
}

function drawn(name: string, more: Partial<OsmData>): Base {
  const data = { ...drawnValley(), ...more };
  return { name, header: osmHeader(data), blocks: osmBlocks(data) };
}

function real(path: string, name: string): Base {
  const fd = openSync(path, 'r');
  try {
    const file = new ExtractFile(fd);
    const base: Base = { name, header: [], blocks: [] };
    for (const place of file.blobs()) {
      if (place.type === 'OSMHeader') base.header = read(file.contentOf(place), {});
      else base.blocks.push(read(file.contentOf(place), BLOCK));
    }
    return base;
  } finally {
    closeSync(fd);
  }
}

/** Real extracts that are small enough to damage hundreds of times, where LOOPWRIGHT_DATA names their folder. */
const REAL = ['fiji', 'catskills-trails', 'odenwald', 'andorra-2023'];

/** What is damaged: drawn extracts always, real ones where there are any. */
export function bases(): Base[] {
  const found = [
    drawn('drawn, dense', { dense: true, changedAtMs: Date.UTC(2025, 4, 1) }),
    drawn('drawn, node by node', {}),
    drawn('drawn, locations on ways', { dense: true, locationsOnWays: true }),
  ];
  const folder = process.env.LOOPWRIGHT_DATA;
  for (const name of folder ? REAL : []) {
    const path = join(folder!, `${name}.osm.pbf`);
    if (existsSync(path)) found.push(real(path, name));
  }
  return found;
}
