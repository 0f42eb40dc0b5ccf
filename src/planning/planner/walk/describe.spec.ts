import { describe, expect, test } from '@jest/globals';
import { areaOf, at } from '../../../../test/networks.js';
import { buildNetwork, type DrawnSegment } from '../../network/build-network.js';
import { writeClosing } from '../../network/closings.js';
import { cautionBit } from '../../network/network.js';
import { encodeLoopId } from '../loop-id.js';
import { plainRequest } from '../loop-request.js';
import { planLoops } from '../plan.js';
import { rebuildLoop } from '../rebuild.js';
import { neverStop } from '../stop.js';

/** A square with sides of 500 m; what is said of each. */
const square = (...sides: Partial<DrawnSegment>[]) =>
  areaOf(
    buildNetwork(
      [at(0, 0, 1000), at(500, 0, 1000), at(500, 500, 1000), at(0, 500, 1000)],
      [0, 1, 2, 3].map((side) => ({ from: side, to: (side + 1) % 4, ...sides[side] })),
    ),
  );

const planned = (area: ReturnType<typeof square>, more = {}) =>
  planLoops(area, 0, plainRequest(2_000, more), neverStop()).loops;

const codes = (area: ReturnType<typeof square>, more = {}): string[] =>
  planned(area, more).flatMap(({ warnings }) => warnings.map(({ code }) => code));

describe('what is told of a loop', () => {
  test('is each danger on its way, with its metres', () => {
    const cautions = cautionBit('ford') | cautionBit('military');
    const [loop] = planned(square({}, { cautions }, { cautions: cautionBit('military') }));
    expect(loop!.warnings).toEqual([
      { code: 'ford', detail: expect.stringContaining('500 m') },
      { code: 'military', detail: expect.stringContaining('1000 m') },
    ]);
  });

  test('is what closes it, unless the day of the walk says that it is open', () => {
    const closing = writeClosing({ openUnasked: true, directions: 3, tags: 'foot:conditional=no @ (Nov-Apr)' });
    const area = square({}, { closing });
    const [loop] = planned(area);
    expect(loop!.warnings).toEqual([{ code: 'closed-at-times', detail: expect.stringContaining('no @ (Nov-Apr)') }]);
    expect(codes(area, { date: '2027-06-21' })).toEqual([]);
    expect(planned(area, { date: '2027-06-21' })).toHaveLength(1);
    expect(planned(area, { date: '2027-12-24' })).toHaveLength(0);
  });

  test('and what the winter opens is walked in the winter alone; its id leads back to it', () => {
    const closing = writeClosing({ openUnasked: false, directions: 3, tags: 'seasonal=winter' });
    const area = square({}, { closing, walkable: 0 });
    expect(planned(area)).toHaveLength(0);
    expect(planned(area, { date: '2027-06-21' })).toHaveLength(0);
    const [loop] = planned(area, { date: '2027-12-24' });
    expect(loop!.warnings).toEqual([]);
    const again = rebuildLoop(area, encodeLoopId(loop!, plainRequest(2_000), null));
    expect(again!.coordinates).toEqual(loop!.coordinates);
    expect(again!.warnings.map(({ code }) => code)).toContain('closed-at-times');
  });

  test('is how much of it is not graded', () => {
    const [loop] = planned(square({ difficulty: 2 }, {}, { kind: 'residential' }, { difficulty: 1 }));
    expect(loop!.difficulty).toBe(2);
    expect(loop!.ungradedMeters).toBeCloseTo(500, 0);
  });

  test('is each name once, in whatever language, and what is followed farthest', () => {
    const [loop] = planned(
      square(
        { name: 'Kaiserweg / Sentiero imperiale' },
        { name: 'Bachweg', routes: ['E5'] },
        { name: 'KAISERWEG', routes: ['E5'] },
        { routes: ['E5'] },
      ),
    );
    expect(new Set(loop!.names).size).toBe(loop!.names.length);
    expect(loop!.names).toContain('E5');
    expect(loop!.names.filter((name) => /kaiserweg/i.test(name))).toHaveLength(1);
    expect(loop!.followed).toMatchObject({ kind: 'route', name: 'E5' });
    expect(loop!.followed!.meters).toBeCloseTo(1_500, 0);
  });

  test('is that its time is a bound where heights are missing', () => {
    const corners: [number, number, number?][] = [at(0, 0, 1000), at(500, 0, 1100), at(500, 500), at(0, 500, 1000)];
    const sides = [0, 1, 2, 3].map((side) => ({ from: side, to: (side + 1) % 4 }));
    const [loop] = planLoops(areaOf(buildNetwork(corners, sides)), 0, plainRequest(2_000), neverStop()).loops;
    expect(loop).toMatchObject({ ascentMeters: null, ascentAtLeastMeters: expect.any(Number) });
    expect(loop!.unknownHeightMeters).toBeCloseTo(1_000, 0);
    expect(loop!.warnings).toEqual([{ code: 'unknown-heights', detail: expect.stringContaining('at least') }]);
  });
});
