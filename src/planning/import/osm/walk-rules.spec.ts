import { describe, expect, test } from '@jest/globals';
import { readClosing } from '../../network/closings.js';
import { CAUTIONS, isTrail, KINDS } from '../../network/network.js';
import { driveOf } from './drive-rules.js';
import { featureOf } from './feature-rules.js';
import { gradeOf, sacGrade } from './grade.js';
import type { Tags } from './tags.js';
import { nodeOnWay, walkOf } from './walk-rules.js';

const told = (bits: number): string[] => CAUTIONS.filter((_, bit) => bits & (1 << bit));
const toldOf = (tags: Tags): string[] | null => {
  const walk = walkOf(tags, false);
  return walk && told(walk.traits.cautions);
};

describe('who may walk', () => {
  test.each<[string, boolean]>([
    ['no', false],
    ['private', false],
    ['private;permit', false],
    ['private, customers', false],
    ['private|yes', true],
    [' no ', false],
    ['agricultural;forestry', false],
    ['customers', false],
    ['no;yes', true],
    ['Yes', true],
    ['agricultural; designated', true],
    ['permissive', true],
  ])('a path with foot=%s: %s', (foot, open) => {
    expect(walkOf({ highway: 'path', foot }, false) !== null).toBe(open);
    expect(walkOf({ highway: 'path', access: foot }, false) !== null).toBe(open);
  });

  test('foot counts before access, and a foot that says nothing leaves it to access', () => {
    expect(walkOf({ highway: 'path', access: 'no', foot: 'yes' }, false)).not.toBeNull();
    expect(walkOf({ highway: 'path', access: 'no', foot: 'unknown' }, false)).toBeNull();
  });

  test('a word that is not understood opens nothing that access closes', () => {
    expect(walkOf({ highway: 'path', access: 'private', foot: 'beekeepers' }, false)).toBeNull();
    expect(toldOf({ highway: 'path', access: 'yes', foot: 'beekeepers' })).toEqual(['unclear-access']);
  });

  test('a word that is not understood is told, and so is one that is not for passing through', () => {
    expect(toldOf({ highway: 'path', access: 'beekeepers' })).toEqual(['unclear-access']);
    expect(toldOf({ highway: 'track', foot: 'destination' })).toEqual(['limited-access']);
    expect(toldOf({ highway: 'path', foot: 'yes' })).toEqual([]);
  });

  test.each<[Tags, number | null]>([
    [{ 'foot:forward': 'no' }, 2],
    [{ 'foot:backward': 'private' }, 1],
    [{ 'foot:forward': 'no', 'foot:backward': 'no' }, null],
    [{ foot: 'no', 'foot:backward': 'yes' }, 2],
    [{ 'foot:backward': 'private;no' }, 1],
    [{ 'access:backward': 'no' }, 1],
    [{ foot: 'yes', 'access:backward': 'no' }, 3],
    [{ 'oneway:foot': '-1' }, 2],
    [{ 'oneway:foot': 'yes', 'foot:backward': 'no' }, 1],
    [{ 'oneway:foot': 'yes', 'foot:forward': 'no' }, null],
    [{ 'oneway:foot': 'no' }, 3],
    [{ oneway: 'yes' }, 3],
  ])('a path with %j may be walked in the directions %s', (tags, direction) => {
    expect(walkOf({ highway: 'path', ...tags }, false)?.direction ?? null).toBe(direction);
  });

  test.each<[Tags]>([
    [{ highway: 'footway', conveying: 'forward' }],
    [{ highway: 'steps', conveying: 'yes' }],
    [{ highway: 'elevator' }],
    [{ highway: 'path', construction: 'path' }],
    [{ highway: 'path', abandoned: 'yes' }],
    [{ highway: 'path', proposed: 'yes' }],
    [{ highway: 'track', ice_road: 'yes' }],
    [{ highway: 'trunk' }],
    [{ highway: 'motorway' }],
    [{ highway: 'construction', construction: 'path' }],
    [{ highway: 'steps', conveying: 'reversible' }],
    [{ highway: 'secondary', sidewalk: 'separate' }],
    [{ highway: 'primary', 'sidewalk:left': 'separate', 'sidewalk:right': 'no' }],
    [{ highway: 'primary', motorroad: 'yes' }],
  ])('%j is nothing to walk on', (tags) => {
    expect(walkOf(tags, false)).toBeNull();
  });

  test.each<[Tags, string]>([
    [{ highway: 'road' }, 'road'],
    [{ highway: 'trunk', foot: 'yes' }, 'trunk'],
    [{ highway: 'trunk_link', sidewalk: 'right' }, 'trunk'],
    [{ highway: 'primary', motorroad: 'yes', foot: 'designated' }, 'trunk'],
    [{ highway: 'secondary', sidewalk: 'separate', foot: 'yes' }, 'secondary'],
    [{ highway: 'platform' }, 'platform'],
    [{ railway: 'platform' }, 'platform'],
    [{ man_made: 'pier' }, 'pier'],
    [{ highway: 'corridor', indoor: 'yes' }, 'corridor'],
    [{ highway: 'footway', indoor: 'yes' }, 'corridor'],
    [{ highway: 'motorway', foot: 'yes' }, 'trunk'],
    [{ highway: 'footway', is_sidepath: 'yes' }, 'pavement'],
    [{ highway: 'footway', crossing: 'marked' }, 'pavement'],
    [{ highway: 'footway', crossing: 'no' }, 'footway'],
    [{ highway: 'footway', construction: 'minor' }, 'footway'],
    [{ highway: 'footway', footway: 'sidewalk' }, 'pavement'],
    [{ highway: 'footway', footway: 'crossing' }, 'pavement'],
    [{ highway: 'path', path: 'crossing' }, 'pavement'],
    [{ highway: 'track', service: 'parking_aisle' }, 'service'],
  ])('%j is a %s', (tags, kind) => {
    expect(KINDS[walkOf(tags, false)!.traits.kind]).toBe(kind);
  });

  test('pavements, crossings, squares and town streets are no trails, paths and piers are', () => {
    const trail = (tags: Tags, closed = false) => isTrail(walkOf(tags, closed)!.traits.kind);
    expect(trail({ highway: 'footway', footway: 'sidewalk' })).toBe(false);
    expect(trail({ highway: 'pedestrian' })).toBe(false);
    expect(trail({ highway: 'footway', area: 'yes' }, true)).toBe(false);
    expect(trail({ highway: 'footway' })).toBe(true);
    expect(trail({ man_made: 'pier' })).toBe(true);
  });
});

describe('nodes on a way', () => {
  test.each<[Tags, boolean]>([
    [{ barrier: 'gate' }, false],
    [{ barrier: 'gate', foot: 'no' }, true],
    [{ barrier: 'gate', access: 'private' }, true],
    [{ barrier: 'gate', access: 'private', foot: 'yes' }, false],
    [{ barrier: 'gate', access: 'agricultural;forestry' }, true],
    [{ barrier: 'gate', locked: 'yes' }, true],
    [{ barrier: 'gate', locked: 'yes', foot: 'permissive' }, false],
    [{ barrier: 'gate', motor_vehicle: 'no' }, false],
    [{ barrier: 'stile' }, false],
    [{ barrier: 'jersey_barrier' }, false],
    [{ barrier: 'gate', foot: 'private;no' }, true],
    [{ barrier: 'gate', foot: 'beekeepers' }, false],
    [{ barrier: 'gate', access: 'no', 'foot:conditional': 'yes @ (May-Oct)' }, false],
    [{ entrance: 'yes', access: 'private' }, true],
    [{ barrier: 'no', access: 'no' }, false],
    [{ barrier: 'fence' }, true],
    [{ highway: 'elevator' }, true],
    [{ highway: 'crossing', access: 'no', foot: 'yes' }, false],
    [{ place: 'village', access: 'no' }, false],
  ])('%j stops walkers: %s', (tags, stops) => {
    expect(nodeOnWay(tags)?.stops ?? false).toBe(stops);
  });

  test('a gate that is closed at times, unclear or not for passing through is told', () => {
    expect(nodeOnWay({ barrier: 'gate', 'foot:conditional': 'no @ (Nov-Apr)' })!.closing).toEqual({
      openUnasked: true,
      tags: 'foot:conditional=no @ (Nov-Apr)',
    });
    expect(nodeOnWay({ barrier: 'gate', opening_hours: 'Apr-Oct 08:00-20:00' })!.closing).not.toBeNull();
    expect(nodeOnWay({ barrier: 'gate', opening_hours: '24/7' })).toBeNull();
    expect(told(nodeOnWay({ barrier: 'gate', access: 'beekeepers' })!.cautions)).toEqual(['unclear-access']);
    expect(told(nodeOnWay({ barrier: 'gate', foot: 'destination' })!.cautions)).toEqual(['limited-access']);
  });

  test('a ladder makes the ways beside it hard', () => {
    expect(nodeOnWay({ ladder: 'yes' })).toMatchObject({ difficulty: 3, stops: false });
  });

  test('a ford is told', () => {
    expect(told(nodeOnWay({ ford: 'stepping_stones' })!.cautions)).toEqual(['ford']);
    expect(nodeOnWay({ ford: 'no' })).toBeNull();
  });
});

describe('how hard a way is', () => {
  test.each<[string, number]>([
    ['hiking', 1],
    ['strolling', 1],
    ['mountain_hiking', 2],
    ['Demanding Mountain Hiking', 3],
    ['demanding-alpine-hiking', 5],
    ['T4', 4],
    ['t3 - demanding mountain hiking', 3],
    ['T2-T4', 4],
    ['T2/T3', 3],
    ['hiking;alpine_hiking', 4],
    ['mountain_hiking | hiking', 2],
    ['5', 5],
    ['2-3', 3],
    ['T2-3', 3],
    ['T3+', 3],
    ['T 2', 2],
    ['T5-', 5],
    ['alpine_hiking_T4', 4],
    ['demanding_mountain_hiking (T3)', 3],
    ['MountainHiking', 2],
    ['hiking - alpine hiking', 4],
    ['hiking-mountain_hiking', 2],
    ['hiking mountain_hiking', 2],
    ['mountain_hiking, demanding_mountain_hiking', 3],
    ['T1 to T3', 3],
    ['quite demanding mountain hiking', 0],
    ['T7', 0],
    ['10', 0],
    ['yes', 0],
    ['', 0],
  ])('sac_scale=%s is T%s', (text, grade) => {
    expect(sacGrade(text)).toBe(grade);
  });

  test.each<[Tags, number]>([
    [{ via_ferrata_scale: '0' }, 5],
    [{ via_ferrata_scale: 'C/D' }, 6],
    [{ via_ferrata_scale: '1;3' }, 6],
    [{ via_ferrata_scale: 'no' }, 0],
    [{ via_ferrata_scale: '3', sac_scale: 'hiking' }, 6],
    [{ assisted_trail: 'yes' }, 3],
    [{ ladder: 'yes', sac_scale: 'alpine_hiking' }, 4],
    [{ via_ferrata: 'yes' }, 5],
    [{ scramble: 'yes', sac_scale: 'hiking' }, 4],
    [{ 'climbing:grade:uiaa': '2' }, 5],
    [{ highway: 'ladder' }, 3],
    [{ ladder: 'no' }, 0],
    [{}, 0],
  ])('%j is at least T%s', (tags, grade) => {
    expect(gradeOf(tags)).toBe(grade);
  });

  test('danger is told', () => {
    expect(toldOf({ highway: 'path', via_ferrata_scale: '1' })).toEqual(['via-ferrata']);
    expect(toldOf({ highway: 'path', rungs: 'yes', trail_visibility: 'horrible' })).toEqual([
      'secured-climb',
      'hard-to-find',
    ]);
    expect(toldOf({ highway: 'secondary', maxspeed: '90' })).toEqual(['fast-road']);
    expect(toldOf({ highway: 'secondary', maxspeed: '50' })).toEqual([]);
    expect(toldOf({ highway: 'secondary', maxspeed: '90', sidewalk: 'left' })).toEqual([]);
    expect(toldOf({ highway: 'tertiary', maxspeed: '60 mph' })).toEqual(['fast-road']);
    expect(toldOf({ highway: 'tertiary', maxspeed: 'DE:rural' })).toEqual(['fast-road']);
    expect(toldOf({ highway: 'tertiary', 'maxspeed:forward': '80', 'maxspeed:backward': '50' })).toEqual(['fast-road']);
    expect(toldOf({ highway: 'tertiary' })).toEqual([]);
    expect(toldOf({ highway: 'trunk', foot: 'yes' })).toEqual(['fast-road']);
    expect(toldOf({ highway: 'path', surface: 'ice' })).toEqual(['ice']);
    expect(toldOf({ highway: 'path', trail_visibility: 'good;bad' })).toEqual(['hard-to-find']);
  });
});

describe('what is closed at times', () => {
  const closing = (tags: Tags) => readClosing(walkOf({ highway: 'path', ...tags }, false)?.traits.closing ?? '');

  test('what is there in the winter alone is left out unless a date is said', () => {
    expect(walkOf({ highway: 'path', seasonal: 'winter' }, false)).toMatchObject({ direction: 0 });
    expect(closing({ winter_road: 'yes' })).toEqual({ openUnasked: false, directions: 3, tags: 'seasonal=winter' });
  });

  test('what a condition closes is open and told, what one opens is closed', () => {
    expect(closing({ 'foot:conditional': 'no @ (Nov-Apr)' })).toMatchObject({ openUnasked: true });
    expect(closing({ access: 'no', 'foot:conditional': 'yes @ (Jun-Sep)' })).toMatchObject({ openUnasked: false });
    expect(walkOf({ highway: 'path', access: 'no', 'foot:conditional': 'no @ (Jun-Sep)' }, false)).toBeNull();
    expect(closing({ foot: 'yes', 'access:conditional': 'no @ (Nov-Apr)' })).toBeNull();
    expect(closing({ seasonal: 'no' })).toBeNull();
    expect(closing({ seasonal: 'summer' })).toMatchObject({ openUnasked: true });
    expect(closing({ opening_hours: 'Apr-Oct' })).toMatchObject({ openUnasked: true });
  });
});

describe('parkings and roads to them', () => {
  test.each<[Tags, boolean]>([
    [{}, true],
    [{ access: 'yes' }, true],
    [{ access: 'destination' }, true],
    [{ access: 'customers' }, false],
    [{ access: 'employees' }, false],
    [{ access: 'hotel guests only' }, false],
    [{ access: 'customers;yes' }, true],
    [{ vehicle: 'no' }, false],
    [{ vehicle: 'private' }, false],
    [{ motor_vehicle: 'private' }, false],
    [{ motorcar: 'customers' }, false],
    [{ access: 'yes', motor_vehicle: 'residents' }, false],
    [{ access: 'private;customers' }, false],
    [{ access: 'permit' }, false],
    [{ access: 'unknown' }, true],
    [{ hgv: 'only' }, false],
    [{ locked: 'yes' }, false],
    [{ access: 'no', motorcar: 'yes' }, true],
    [{ abandoned: 'yes' }, false],
    [{ disused: 'yes' }, false],
  ])('a parking with %j is for hikers: %s', (tags, open) => {
    expect(featureOf({ amenity: 'parking', ...tags }) !== null).toBe(open);
  });

  test.each<[string, boolean]>([
    ['agricultural;forestry', false],
    ['agricultural;yes', true],
    ['beekeepers', false],
    ['destination', true],
  ])('a road with motor_vehicle=%s is open to visitors: %s', (motor_vehicle, open) => {
    expect(driveOf({ highway: 'unclassified', motor_vehicle }, false) !== null).toBe(open);
  });

  test.each<[string, number | null]>([
    ['12 000', 12_000],
    ['12,000', 12_000],
    ['1.234.567', 1_234_567],
    ['340', 340],
    ['12.5', 12],
    ['about 90', null],
  ])('population=%s is %s people', (population, people) => {
    expect(featureOf({ place: 'town', name: 'A', population })?.place?.population).toBe(people);
  });
});
