import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assembleArea } from './area.js';
import { buildNetwork, type DrawnSegment } from './build-network.js';
import { toShared } from './columns.js';
import { prepareRegion } from './prepare.js';
import { openTile } from './tile.js';
import { TRAIL_GRID, tileAt } from './tile-grid.js';

/** Junctions over some tiles (1.3 tiles each way around a corner of four), segments between any two of them. */
const drawing = fc
  .array(fc.tuple(fc.integer({ min: -65, max: 65 }), fc.integer({ min: -65, max: 65 })), {
    minLength: 2,
    maxLength: 30,
  })
  .chain((places) =>
    fc.record({
      junctions: fc.constant(places.map(([x, y]): [number, number, number] => [1.5 + x / 1000, 42.5 + y / 1000, 1000])),
      segments: fc.array(
        fc.record({
          from: fc.nat(places.length - 1),
          to: fc.nat(places.length - 1),
          name: fc.constantFrom('', 'Camí del Riu', 'GR 7'),
        }),
        { minLength: 1, maxLength: 40 },
      ),
    }),
  );

const networkOf = ({ junctions, segments }: { junctions: [number, number, number][]; segments: DrawnSegment[] }) =>
  buildNetwork(junctions, segments);

test('cut into tiles and put together again, a network has every segment once, with its ends, length and names', () => {
  fc.assert(
    fc.property(drawing, (drawn) => {
      const network = networkOf(drawn);
      const tiles = prepareRegion({ network, trailheads: [] }).tiles;
      const area = assembleArea(tiles.map(({ body }) => openTile(toShared(body))));
      const columns = {
        id: area.segmentId,
        from: area.from.map((j) => area.junctionId[j]),
        to: area.to.map((j) => area.junctionId[j]),
        lengthMeters: area.lengthMeters,
      };
      expect(columns).toEqual({
        id: network.segmentId,
        from: network.from,
        to: network.to,
        lengthMeters: network.lengthMeters,
      });
      const names = Array.from(area.segmentId, (_, s) => {
        const { columns, strings } = area.tiles[area.tileOf[s]];
        return strings[columns.name[area.slotOf[s]]];
      });
      expect(names).toEqual(Array.from(network.name, (name) => network.strings[name]));
    }),
    { numRuns: 40 },
  );
});

test('each tile alone has all segments of the junctions inside it, and says which those are', () => {
  fc.assert(
    fc.property(drawing, (drawn) => {
      const network = networkOf(drawn);
      for (const { x, y, body } of prepareRegion({ network, trailheads: [] }).tiles) {
        const area = assembleArea([openTile(toShared(body))]);
        const ids = [...area.junctionId];
        const inside = ids.filter((id) => {
          const at = tileAt(TRAIL_GRID, network.junctionLonE7[id], network.junctionLatE7[id]);
          return at.x === x && at.y === y;
        });
        expect(ids.filter((_, j) => area.complete[j])).toEqual(inside);
        const degree = (id: number) => [...network.from, ...network.to].filter((end) => end === id).length;
        const exits = (id: number) => area.exitOffset[ids.indexOf(id) + 1] - area.exitOffset[ids.indexOf(id)];
        expect(inside.map(exits)).toEqual(inside.map(degree));
      }
    }),
    { numRuns: 40 },
  );
});

test('an area is the same whatever the order of its tiles', () => {
  const network = buildNetwork(
    [
      [1.549, 42.549, 900],
      [1.551, 42.549, 950],
      [1.551, 42.551, 1000],
      [1.549, 42.551, 950],
    ],
    [0, 1, 2, 3].map((from) => ({ from, to: (from + 1) % 4 })),
  );
  const tiles = prepareRegion({ network, trailheads: [] }).tiles.map(({ body }) => openTile(toShared(body)));
  expect(tiles).toHaveLength(4);
  const { tiles: _one, tileOf: _two, slotOf: _three, ...forwards } = assembleArea(tiles);
  const { tiles: _four, tileOf: _five, slotOf: _six, ...backwards } = assembleArea([...tiles].reverse());
  expect(backwards).toEqual(forwards);
});
