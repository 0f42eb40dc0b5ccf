import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { loopsAnswer } from '../../src/planning/api/docs/answers.js';
import { Rings, type Tags } from './support/rings.js';
import { type RunningApp, startApp } from './support/start-app.js';

/** Ground with heights, ground without, and squares and routes on either. */
const high = new Rings(7);
const bare = new Rings(12);

/** The crest of a ridge along this parallel, 600 m above the valley; east of `EDGE` there is no tile. */
const CREST = 45.007;
const VALLEY_METERS = 1_000;
const EDGE = 7.5;
const elevationAt = (lonE7: number, latE7: number): number => {
  if (lonE7 / 1e7 > EDGE) return Number.NaN;
  const metersOff = Math.abs(latE7 / 1e7 - CREST) * 111_195;
  return VALLEY_METERS + Math.max(0, 600 - metersOff);
};

let running: RunningApp;
beforeAll(async () => {
  running = await startApp([high.region('High', elevationAt), bare.region('Bare')]);
});
afterAll(() => running.stop());

async function loops(start: string, length: string, more = '') {
  const { body } = await request(running.url).get(`/v1/loops?start=${start}&length=${length}${more}`).expect(200);
  return loopsAnswer.parse(body).features;
}
const codes = (loop: Awaited<ReturnType<typeof loops>>[number]): string[] =>
  loop.properties.warnings.map(({ code }) => code);
const gpx = async (start: string, length: string): Promise<string> =>
  (await request(running.url).get(`/v1/loops.gpx?start=${start}&length=${length}`).buffer(true).expect(200)).text;

/** Two ways from one side of the ridge to the other, 100 m apart, drawn with no more nodes than said. */
function overTheRidge(there: Tags[], back: Tags): string {
  const { lon } = high.place();
  const [south, north] = [CREST - 0.007, CREST + 0.007];
  const nodes = there.map((_, i) => high.node(south + ((north - south) * i) / there.length, lon));
  nodes.push(high.node(north, lon));
  const other = [high.node(north, lon + 0.0013), high.node(south, lon + 0.0013)];
  there.forEach((tags, i) => {
    high.way([nodes[i]!, nodes[i + 1]!], { highway: 'path', ...tags });
  });
  high.way([nodes.at(-1)!, other[0]!], { highway: 'path' });
  high.way([other[0]!, other[1]!], { highway: 'path', ...back });
  high.way([other[1]!, nodes[0]!], { highway: 'path' });
  return `${south},${lon}`;
}

describe('how high it goes', () => {
  const straight = overTheRidge([{}], {});
  test('straight paths over a ridge climb it, though no node lies on it', async () => {
    const [loop] = await loops(straight, '3.3km');
    // 600 m there and 600 m back, cut a little by the last metres below the crest.
    expect(loop!.properties.ascentMeters).toBeGreaterThan(1_150);
    expect(loop!.properties.ascentMeters).toBeLessThanOrEqual(1_200);
    expect(loop!.properties.descentMeters).toBe(loop!.properties.ascentMeters);
  });

  const tunnel = { tunnel: 'yes' };
  const through = overTheRidge([{ ...tunnel, surface: 'gravel' }, { ...tunnel, surface: 'asphalt' }, tunnel], tunnel);
  const over = overTheRidge([{ bridge: 'yes' }, { bridge: 'viaduct', surface: 'wood' }], { tunnel: 'yes' });
  test.each([
    ['tunnels of three ways', through],
    ['bridges of two', over],
  ])('%s do not climb the hill above', async (_, start) => {
    const [loop] = await loops(start, '3.3km');
    expect(loop!.properties.ascentMeters).toBeLessThan(20);
    expect(codes(loop!)).toEqual([]);
  });
});

describe('how long it takes', () => {
  // 3.99 km at 4 km an hour: the last half minute of an hour.
  const hour = bare.ring({ scale: 1.995 });
  const edge = (() => {
    for (;;) {
      const start = high.ring({});
      if (Number(start.split(',')[1]) > EDGE - 0.05) return start;
    }
  })();
  const unknown = bare.ring({});

  test('is told in whole minutes of whole hours', async () => {
    const [loop] = await loops(hour, '4km');
    expect(loop!.properties.durationSeconds).toBeGreaterThan(3_570);
    expect(loop!.properties.durationSeconds).toBeLessThan(3_600);
    expect(await gpx(hour, '4km')).toContain('at least 1:00 h');
  });

  test.each([
    ['where no heights are known', unknown],
    ['where they end on the way', edge],
  ])('is a bound %s, and says so, as the ascent does', async (_, start) => {
    const [loop] = await loops(start, '2km');
    const { properties } = loop!;
    expect(properties).toMatchObject({ ascentMeters: null, descentMeters: null });
    expect(properties.unknownHeightMeters).toBeGreaterThan(0);
    expect(codes(loop!)).toEqual(['unknown-heights']);
    expect(properties.durationSeconds).toBeGreaterThanOrEqual(1_800);
    expect(await gpx(start, '2km')).toMatch(/Walking time at least \d:\d\d h/);
  });

  test('what is known of an ascent is told as a bound where heights end on the way', async () => {
    const { properties } = (await loops(edge, '2km'))[0]!;
    expect(properties.unknownHeightMeters).toBeLessThan(properties.lengthMeters);
    expect(properties.ascentAtLeastMeters).toBeGreaterThan(0);
  });
});

describe('what joins', () => {
  /** Two paths that end at corners of a square that nothing else joins: half a ring each. */
  function square(rim: (at: (north: number, east: number) => number) => void): string {
    const { lat, lon } = bare.place();
    const nodes = new Map<string, number>();
    const at = (north: number, east: number): number => {
      const key = `${north} ${east}`;
      const known = nodes.get(key) ?? bare.node(lat + north, lon + east);
      nodes.set(key, known);
      return known;
    };
    rim(at);
    bare.way([at(0.0006, 0.0008), at(0.004, 0.0008), at(0.004, -0.004)], { highway: 'path' });
    bare.way([at(0.004, -0.004), at(0, -0.004), at(0, 0)], { highway: 'path' });
    return `${lat + 0.004},${lon - 0.004}`;
  }
  const plaza = { highway: 'pedestrian', area: 'yes' };
  const closed = square((at) => {
    bare.way([at(0, 0), at(0.0006, 0), at(0.0006, 0.0008), at(0, 0.0008), at(0, 0)], plaza);
  });
  const relation = square((at) => {
    const outer = [
      bare.way([at(0, 0), at(0.0006, 0), at(0.0006, 0.0008)]),
      bare.way([at(0.0006, 0.0008), at(0, 0.0008), at(0, 0)]),
    ];
    // A fountain in the middle.
    const inner = [bare.way([at(0.0002, 0.0003), at(0.0004, 0.0003), at(0.0004, 0.0005), at(0.0002, 0.0003)])];
    bare.data.relations.push({ id: 900, ways: outer, inner, tags: { type: 'multipolygon', highway: 'pedestrian' } });
  });
  const shut = square((at) => {
    bare.way([at(0, 0), at(0.0006, 0), at(0.0006, 0.0008), at(0, 0.0008), at(0, 0)], { ...plaza, foot: 'private' });
  });

  test.each([
    ['a closed way', closed, 1],
    ['a multipolygon with a hole', relation, 1],
    ['a closed way that is private', shut, 0],
  ])('a square as %s is crossed', async (_, start, count) => {
    const found = await loops(start, '1.7km');
    expect(found).toHaveLength(count);
    for (const { properties } of found) expect(properties.trailShare).toBeLessThan(1);
  });
});

describe('what it is called', () => {
  const route = (tags: Tags): Tags => ({ type: 'route', route: 'hiking', ...tags });
  const named = bare.ring({ tags: { highway: 'path', name: 'Lakeside Path' } });
  const lane = bare.ring({ tags: { highway: 'residential', name: 'High Street' } });
  const signed = bare.ring({ tags: { highway: 'path' }, relations: [{ tags: route({ name: 'Round of Nowhere' }) }] });
  const stage = bare.ring({
    relations: [
      { id: 910, tags: route({}) },
      { id: 911, parts: [910], tags: { type: 'superroute', route: 'hiking', name: 'Long Way' } },
    ],
  });
  const unreal = bare.ring({
    relations: [
      { tags: route({ name: 'Planned', state: 'proposed' }) },
      { tags: route({ name: 'Given up', abandoned: 'yes' }) },
      { tags: route({ name: 'Some day', proposed: 'yes' }) },
      { tags: route({ name: 'No more', disused: 'yes' }) },
    ],
  });
  const bilingual = bare.ring({
    tags: { highway: 'path', name: 'Seeweg / Sentiero del lago' },
    last: { highway: 'path', name: 'Seeweg' },
    relations: [{ tags: route({ name: 'seeweg' }) }],
  });

  test.each([
    ['a named path', named, { kind: 'trail', name: 'Lakeside Path' }, ['Lakeside Path']],
    ['a street', lane, null, []],
    ['a route', signed, { kind: 'route', name: 'Round of Nowhere' }, ['Round of Nowhere']],
    ['a stage without a name', stage, { kind: 'route', name: 'Long Way' }, ['Long Way']],
    ['routes that are not on the ground', unreal, null, []],
  ])('a loop along %s is called so', async (_, start, title, names) => {
    const [loop] = await loops(start, '2km');
    expect(loop!.properties.title).toEqual(title);
    expect(loop!.properties.names).toEqual(names);
  });

  test('what has names in two languages is named once', async () => {
    const [loop] = await loops(bilingual, '2km');
    expect(loop!.properties.names).toEqual(['Seeweg / Sentiero del lago']);
  });
});

test.each([
  ['15 decimals', '45.000000000000014,12.000000000000009'],
  ['blanks', '45.0, 12.0'],
])('a start with %s is understood', async (_, start) => {
  expect(await loops(encodeURIComponent(start), '4km')).toHaveLength(1);
});

test('a file of GPX links nowhere that a saved file does not know', async () => {
  const text = await gpx('45,12', '4km');
  for (const [, link] of text.matchAll(/href="([^"]*)"/g)) expect(link).toMatch(/^https?:/);
});
