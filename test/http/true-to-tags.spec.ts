import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { loopsAnswer, trailheadsAnswer } from '../../src/planning/api/docs/answers.js';
import { Rings, type Tags } from './support/rings.js';
import { type RunningApp, startApp } from './support/start-app.js';

const rings = new Rings();
let running: RunningApp;
beforeAll(async () => {
  running = await startApp([rings.region('Rings')]);
});
afterAll(() => running.stop());

async function loops(start: string, more = '') {
  const { body } = await request(running.url).get(`/v1/loops?start=${start}&length=2km${more}`).expect(200);
  return loopsAnswer.parse(body).features;
}
const path = (tags: Tags): Tags => ({ highway: 'path', ...tags });
const codes = ({ properties }: Awaited<ReturnType<typeof loops>>[number]): string[] =>
  properties.warnings.map(({ code }) => code).filter((code) => code !== 'unknown-heights');

describe('who may pass', () => {
  /** What stands on the way back, and whether there is a loop. */
  const gates: [Tags, boolean][] = [
    [{ barrier: 'gate' }, true],
    [{ barrier: 'gate', foot: 'no' }, false],
    [{ barrier: 'lift_gate', foot: 'private;customers' }, false],
    [{ barrier: 'gate', access: 'private' }, false],
    [{ barrier: 'gate', access: 'private', foot: 'permissive' }, true],
    [{ barrier: 'gate', locked: 'yes' }, false],
    [{ barrier: 'swing_gate', locked: 'yes', foot: 'yes' }, true],
    [{ barrier: 'gate', motor_vehicle: 'private' }, true],
  ];
  test.each(gates.map(([node, open]) => [node, open, rings.ring({ node })] as const))(
    'a node with %j lets walkers pass: %s',
    async (_, open, start) => {
      expect(await loops(start)).toHaveLength(open ? 1 : 0);
    },
  );

  /** Tags of the way back, and what is told of a loop over it; null where there is none. */
  const ways: [Tags, string[] | null][] = [
    [path({}), []],
    [path({ foot: 'no;private' }), null],
    [path({ access: 'agricultural;forestry' }), null],
    [path({ access: 'forestry;yes' }), []],
    [path({ access: 'private, no' }), null],
    [path({ access: 'beekeepers' }), ['unclear-access']],
    [path({ access: 'no', foot: 'beekeepers' }), null],
    [path({ foot: 'discouraged' }), ['limited-access']],
    [{ highway: 'track', ice_road: 'yes' }, null],
    [{ highway: 'track', winter_road: 'yes' }, null],
    [path({ seasonal: 'winter', 'piste:type': 'hike' }), null],
    [path({ seasonal: 'spring;summer' }), ['closed-at-times']],
    [path({ 'foot:conditional': 'no @ (Nov-Apr)' }), ['closed-at-times']],
    [path({ access: 'no', 'foot:conditional': 'yes @ (Jun-Sep)' }), null],
    [path({ landuse: 'military' }), ['military']],
    [path({ abandoned: 'yes' }), null],
    [{ highway: 'construction', construction: 'path' }, null],
    [path({ construction: 'path' }), null],
    [{ highway: 'steps', conveying: 'yes' }, null],
    [{ highway: 'elevator' }, null],
    [{ highway: 'tertiary', sidewalk: 'separate' }, null],
    [{ highway: 'secondary', maxspeed: '90', sidewalk: 'no' }, ['fast-road']],
    [{ highway: 'secondary', maxspeed: '90', sidewalk: 'right' }, []],
    [{ highway: 'trunk' }, null],
    [{ highway: 'trunk', foot: 'yes', sidewalk: 'both' }, []],
    [{ highway: 'trunk', foot: 'designated' }, ['fast-road']],
    [{ highway: 'road' }, []],
    [{ highway: 'corridor' }, []],
    [{ highway: 'platform' }, []],
    [{ railway: 'platform' }, []],
    [{ man_made: 'pier' }, []],
    [{ man_made: 'pier', access: 'private' }, null],
  ];
  test.each(ways.map(([last, told]) => [last, told, rings.ring({ last })] as const))(
    'a way with %j is walked and told as %j',
    async (_, told, start) => {
      const found = await loops(start);
      expect(found.map(codes)).toEqual(told === null ? [] : [told]);
    },
  );

  test.each(
    (
      [
        [{ 'foot:forward': 'no' }, 'east'],
        [{ 'foot:backward': 'no' }, 'north'],
        [{ foot: 'no', 'foot:backward': 'yes' }, 'east'],
        [{ 'oneway:foot': 'yes' }, 'north'],
      ] as const
    ).map(([tags, first]) => [tags, first, rings.ring({ last: path(tags) })] as const),
  )('the way back with %j is walked to the %s first alone, with a warning', async (_, first, start) => {
    const found = await loops(start, '&count=2');
    expect(found.map(codes)).toEqual([['one-way']]);
    const [from, to] = found[0]!.geometry.coordinates as [number[], number[]];
    expect(to![0]! > from![0]! ? 'east' : 'north').toBe(first);
  });

  const summit = rings.ring({ last: path({ 'foot:conditional': 'no @ (Nov 15-Apr 15); no @ (Aug 24)' }) });
  test.each([
    ['2027-01-10', 0],
    ['2027-04-16', 1],
    ['2027-08-24', 0],
    ['2027-08-25', 1],
  ])('a way that is closed in the winter and on one day is left out on %s: %i loops', async (date, count) => {
    const found = await loops(summit, `&date=${date}`);
    expect(found.map(codes)).toEqual(Array.from({ length: count }, () => []));
  });

  const snow = rings.ring({ last: path({ seasonal: 'winter' }) });
  test('a way of the winter is walked in the winter, and told once nobody says the date', async () => {
    expect(await loops(snow, '&date=2027-07-01')).toEqual([]);
    const [loop] = await loops(snow, '&date=2027-01-15');
    expect(codes(loop!)).toEqual([]);
    const { body } = await request(running.url).get(loop!.properties.links.self).expect(200);
    expect(body.properties.warnings).toContainEqual({
      code: 'closed-at-times',
      detail: '500 m are closed at times: seasonal=winter',
    });
  });

  const hours = rings.ring({ node: { barrier: 'gate', opening_hours: '08:00-20:00' } });
  test('a gate with hours is told on every day, in its own words', async () => {
    const [loop] = await loops(hours, '&date=2027-07-01');
    expect(loop!.properties.warnings.find(({ code }) => code === 'closed-at-times')!.detail).toContain(
      'opening_hours=08:00-20:00',
    );
  });

  test('a day that is none is refused by the name of its parameter', async () => {
    const { body } = await request(running.url).get(`/v1/loops?start=${snow}&length=2km&date=2027-02-30`).expect(400);
    expect(body.errors[0]).toMatchObject({ parameter: 'date', given: '2027-02-30' });
  });
});

describe('how hard it is', () => {
  /** Tags of the way back, its grade, and what is told. */
  const grades: [Tags, string, string[]][] = [
    [{ sac_scale: 'mountain_hiking' }, 'T2', []],
    [{ sac_scale: 'Mountain Hiking' }, 'T2', []],
    [{ sac_scale: 'T3' }, 'T3', []],
    [{ sac_scale: 'hiking;demanding_mountain_hiking' }, 'T3', []],
    [{ via_ferrata_scale: '0' }, 'T5', ['via-ferrata']],
    [{ via_ferrata_scale: '4' }, 'T6', ['via-ferrata']],
    [{ ladder: 'yes', sac_scale: 'hiking' }, 'T3', ['secured-climb']],
    [{ assisted_trail: 'yes' }, 'T3', ['secured-climb']],
    [{ sac_scale: 'hiking', trail_visibility: 'horrible' }, 'T1', ['hard-to-find']],
    [{ sac_scale: 'hiking', ford: 'yes' }, 'T1', ['ford']],
  ];
  const easy = path({ sac_scale: 'hiking' });
  test.each(
    grades.map(([tags, grade, told]) => [tags, grade, told, rings.ring({ tags: easy, last: path(tags) })] as const),
  )('a path with %j is %s, is told as %j, and kept out where less is allowed', async (_, grade, told, start) => {
    const [loop] = await loops(start);
    expect([loop!.properties.difficulty, codes(loop!)]).toEqual([grade, told]);
    const hardest = Number(grade[1]);
    expect(await loops(start, `&maxDifficulty=T${hardest}`)).toHaveLength(1);
    if (hardest > 1) expect(await loops(start, `&maxDifficulty=T${hardest - 1}`)).toEqual([]);
  });

  const unknown = rings.ring({ tags: easy, last: path({}) });
  test('what nobody graded is allowed, and it is told how much of the loop it is', async () => {
    const [loop] = await loops(unknown, '&maxDifficulty=T1');
    expect(loop!.properties.ungradedMeters).toBeCloseTo(500, -1);
    expect(codes(loop!)).toEqual(['unknown-difficulty']);
  });

  const ungraded = rings.ring({});
  test('a loop that nobody graded has no grade', async () => {
    const [loop] = await loops(ungraded);
    expect(loop!.properties).toMatchObject({ difficulty: null, ungradedMeters: loop!.properties.lengthMeters });
  });
});

describe('town streets', () => {
  const town = rings.ring({ last: { highway: 'footway', footway: 'sidewalk' } });
  const streets = rings.ring({ tags: { highway: 'footway', footway: 'crossing' }, last: { highway: 'pedestrian' } });
  test('are walked, but are no trail', async () => {
    expect((await loops(town)).map(({ properties }) => properties.trailShare)).toEqual([0.75]);
    expect((await loops(streets)).map(({ properties }) => properties.trailShare)).toEqual([0]);
  });
});

/** A village with a road to a parking at the end of a path; far from the others. */
function drive(road: Tags, parkings: Tags[]): string {
  const { lat, lon } = rings.place();
  const [home, corner, end] = [rings.node(lat, lon), rings.node(lat, lon + 0.01), rings.node(lat + 0.003, lon + 0.01)];
  rings.way([home, corner], { highway: 'unclassified', ...road });
  rings.way([corner, end], { highway: 'path' });
  parkings.forEach((tags, i) => {
    rings.node(lat + 0.0001 * i, lon + 0.0102, { amenity: 'parking', name: `${lon.toFixed(1)} ${i}`, ...tags });
  });
  return `${lat},${lon}`;
}

describe('where a visitor may leave a car', () => {
  const trailheads = async (near: string): Promise<(string | null)[]> => {
    const { body } = await request(running.url).get(`/v1/trailheads?near=${near}&drive=5km`).expect(200);
    return trailheadsAnswer.parse(body).features.map(({ properties }) => properties.name);
  };

  const kinds: [Tags, boolean][] = [
    [{}, true],
    [{ access: 'yes', fee: 'yes' }, true],
    [{ access: 'customers' }, false],
    [{ access: 'employees' }, false],
    [{ access: 'private' }, false],
    [{ vehicle: 'private' }, false],
    [{ motor_vehicle: 'no' }, false],
    [{ access: 'no', motorcar: 'yes' }, true],
    [{ access: 'guests;staff' }, false],
    [{ abandoned: 'yes' }, false],
    [{ disused: 'yes' }, false],
  ];
  const lot = drive(
    {},
    kinds.map(([tags]) => tags),
  );
  test('is at the parkings that are open to strangers', async () => {
    const lon = Number(lot.split(',')[1]).toFixed(1);
    const open = kinds.flatMap(([, isOpen], i) => (isOpen ? [`${lon} ${i}`] : []));
    expect((await trailheads(lot)).sort()).toEqual(open.sort());
  });

  test.each(
    (
      [
        ['agricultural;forestry', false],
        ['agricultural;yes', true],
        ['beekeepers', false],
      ] as const
    ).map(([motor_vehicle, open]) => [motor_vehicle, open, drive({ motor_vehicle }, [{}])] as const),
  )('is reached over a road with motor_vehicle=%s: %s', async (_, open, near) => {
    // Where it is closed the nearest road is another, with parkings of its own.
    const own = `${Number(near.split(',')[1]).toFixed(1)} 0`;
    expect((await trailheads(near)).includes(own)).toBe(open);
  });
});
