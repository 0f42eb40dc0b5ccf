import { expect, test } from '@jest/globals';
import { regionNameOf } from './source-file.js';

test.each([
  ['/maps/andorra-latest.osm.pbf', 'Andorra'],
  ['andorra-250119.osm.pbf', 'Andorra'],
  ['andorra-2025.osm.pbf', 'Andorra'],
  ['andorra_2025-01-19.pbf', 'Andorra'],
  ['https://download.example/europe/isle-of-man-latest.osm.pbf?token=1', 'Isle Of Man'],
  ['Corse.osm.pbf', 'Corse'],
  ['.osm.pbf', 'Region'],
])('%s is a file of %s', (source, name) => {
  expect(regionNameOf(source)).toBe(name);
});
