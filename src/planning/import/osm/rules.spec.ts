import { describe, expect, test } from '@jest/globals';
import { KINDS } from '../../network/network.js';
import { driveOf, limitKmh, stopsCars } from './drive-rules.js';
import { featureOf } from './feature-rules.js';
import type { Tags } from './tags.js';
import { walkOf } from './walk-rules.js';

const walkable = (tags: Tags, closed = false): boolean => walkOf(tags, closed) !== null;

describe('ways to walk on', () => {
  test.each<[string, Tags]>([
    ['a path', { highway: 'path' }],
    ['a secondary road that nothing forbids', { highway: 'secondary' }],
    ['a private road that walkers may use', { highway: 'service', access: 'private', foot: 'yes' }],
    ['a track closed to cars', { highway: 'track', motor_vehicle: 'no' }],
    ['a cycleway shared with walkers', { highway: 'cycleway', foot: 'designated' }],
    ['a link between two roads', { highway: 'tertiary_link' }],
    ['a path that permits walkers', { highway: 'path', foot: 'permissive' }],
  ])('%s is one', (_, tags) => {
    expect(walkable(tags)).toBe(true);
  });

  test.each<[string, Tags]>([
    ['a building', { building: 'yes' }],
    ['a motorway', { highway: 'motorway' }],
    ['a trunk road', { highway: 'trunk' }],
    ['a private track', { highway: 'track', access: 'private' }],
    ['a path closed to walkers', { highway: 'path', foot: 'no' }],
    ['a road closed to walkers that says access=yes', { highway: 'secondary', access: 'yes', foot: 'no' }],
    ['a road being built', { highway: 'construction', construction: 'path' }],
    ['a road being planned', { highway: 'proposed' }],
    ['a ferry', { route: 'ferry' }],
    ['a cable car', { aerialway: 'cable_car' }],
    ['a climbing route', { highway: 'via_ferrata' }],
    ['a cycleway of which nothing is said', { highway: 'cycleway' }],
    ['a road for motor cars alone', { highway: 'primary', motorroad: 'yes' }],
  ])('%s is none', (_, tags) => {
    expect(walkable(tags)).toBe(false);
  });

  test('a square is ground to be crossed, a round path is not', () => {
    expect(walkOf({ highway: 'pedestrian', area: 'yes' }, true)).toMatchObject({ isArea: true });
    expect(walkOf({ highway: 'pedestrian' }, true)).toMatchObject({ isArea: false });
  });

  test('what a walker should know comes along', () => {
    const tags = {
      highway: 'path',
      name: 'Camí Ral',
      surface: 'scree',
      sac_scale: 'alpine_hiking',
      trail_visibility: 'bad',
    };
    expect(walkOf(tags, false)?.traits).toMatchObject({ name: 'Camí Ral', surface: 4, difficulty: 4, visibility: 4 });
    expect(KINDS[walkOf({ highway: 'secondary_link' }, false)!.traits.kind]).toBe('secondary');
    expect(walkOf({ highway: 'path', sac_scale: 'nonsense', bridge: 'yes' }, false)?.traits).toMatchObject({
      difficulty: 0,
      offGround: true,
    });
  });

  test('one-way counts for walkers only where it says so', () => {
    expect(walkOf({ highway: 'residential', oneway: 'yes' }, false)?.direction).toBe(3);
    expect(walkOf({ highway: 'path', 'oneway:foot': 'yes' }, false)?.direction).toBe(1);
    expect(walkOf({ highway: 'path', 'oneway:foot': '-1' }, false)?.direction).toBe(2);
  });
});

describe('ways to drive on', () => {
  test.each<[string, Tags]>([
    ['a path', { highway: 'path' }],
    ['a track', { highway: 'track' }],
    ['a forest road closed to visitors', { highway: 'unclassified', motor_vehicle: 'forestry' }],
    ['a private road', { highway: 'service', access: 'private' }],
    ['a road being built', { highway: 'construction' }],
  ])('%s is none', (_, tags) => {
    expect(driveOf(tags, false)).toBeNull();
  });

  test('a track that cars may use is one, slowly', () => {
    expect(driveOf({ highway: 'track', motor_vehicle: 'yes' }, false)?.speedKmh).toBeLessThan(20);
  });

  test('the more special access tag wins', () => {
    expect(driveOf({ highway: 'service', access: 'no', motor_vehicle: 'yes' }, false)).not.toBeNull();
    expect(driveOf({ highway: 'service', access: 'yes', motorcar: 'no' }, false)).toBeNull();
  });

  test('one-way streets, roundabouts and motorways have one direction unless they say otherwise', () => {
    const direction = (tags: Tags) => driveOf({ highway: 'residential', ...tags }, false)?.direction;
    expect(direction({})).toBe(3);
    expect(direction({ oneway: 'yes' })).toBe(1);
    expect(direction({ oneway: '-1' })).toBe(2);
    expect(direction({ junction: 'roundabout' })).toBe(1);
    expect(direction({ highway: 'motorway' })).toBe(1);
    expect(direction({ junction: 'roundabout', oneway: 'no' })).toBe(3);
  });

  test.each([
    ['50', 50],
    ['30 mph', 48.28],
    ['90 km/h', 90],
    ['ES:urban', 50],
    ['walk', 6],
    ['none', null],
    ['signals', null],
    ['0', null],
    ['1e9', null],
    [undefined, null],
  ])('a limit of %s is %s km/h', (tag, kmh) => {
    if (kmh === null) expect(limitKmh(tag)).toBeNull();
    else expect(limitKmh(tag)).toBeCloseTo(kmh, 2);
  });
});

describe('barriers on a road', () => {
  test.each<[string, Tags]>([
    ['a bollard', { barrier: 'bollard' }],
    ['a bollard for whom there is foot=yes', { barrier: 'bollard', foot: 'yes', bicycle: 'yes' }],
    ['a private gate', { barrier: 'gate', access: 'private' }],
    ['a lift gate for foresters', { barrier: 'lift_gate', motor_vehicle: 'forestry' }],
    ['a cattle grid where no car may go', { barrier: 'cattle_grid', motor_vehicle: 'no' }],
  ])('%s stops cars', (_, tags) => {
    expect(stopsCars(tags)).toBe(true);
  });

  test.each<[string, Tags]>([
    ['a gate of which nothing is said', { barrier: 'gate' }],
    ['the lift gate of a car park', { barrier: 'lift_gate' }],
    ['a bollard that cars may pass', { barrier: 'bollard', motor_vehicle: 'yes' }],
    ['a gate that is private but for cars', { barrier: 'gate', access: 'private', motorcar: 'permissive' }],
    ['a border', { barrier: 'border_control' }],
    ['a barrier that is none', { barrier: 'no', access: 'no' }],
    ['a crossing where access is forbidden', { highway: 'crossing', access: 'no' }],
  ])('%s does not', (_, tags) => {
    expect(stopsCars(tags)).toBe(false);
  });
});

describe('things beside the way', () => {
  test('a parking is one unless it is private', () => {
    expect(featureOf({ amenity: 'parking', name: 'P1' })?.parking).toEqual({ name: 'P1' });
    expect(featureOf({ amenity: 'parking', access: 'private' })).toBeNull();
  });

  test('a place has its names in all languages, once, and nothing that only looks like a name', () => {
    const place = featureOf({
      place: 'town',
      name: 'Encamp',
      'name:ca': 'Encamp',
      'name:ru': 'Энкам',
      alt_name: 'Encam;La Vila',
      'name:etymology': 'in campo',
      population: '7500',
    })?.place;
    expect(place).toEqual({
      name: 'Encamp',
      otherNames: ['Энкам', 'Encam', 'La Vila'],
      kind: 'town',
      population: 7500,
    });
  });

  test('a place without a name is none, a population that is no number is unknown', () => {
    expect(featureOf({ natural: 'peak' })).toBeNull();
    expect(featureOf({ place: 'hamlet', name: 'A', population: 'many' })?.place?.population).toBeNull();
  });

  test('a hut is a place to look for and a place to sleep; a bus shelter is neither', () => {
    const hut = featureOf({ tourism: 'alpine_hut', name: 'Refugi' });
    expect([hut?.place?.kind, hut?.stay?.kind]).toEqual(['hut', 'alpine_hut']);
    expect(featureOf({ amenity: 'shelter', shelter_type: 'basic_hut' })?.stay).toEqual({ name: null, kind: 'shelter' });
    expect(featureOf({ amenity: 'shelter', shelter_type: 'public_transport' })).toBeNull();
  });
});
