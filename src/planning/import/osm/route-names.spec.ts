import { expect, test } from '@jest/globals';
import { RouteNames } from './route-names.js';

const hiking = { type: 'route', route: 'hiking' };

test('a stage without a name bears that of the route it is part of, whichever comes first', () => {
  const names = new RouteNames();
  names.add(1, { ...hiking, ref: 'E9-3' }, [10], []);
  names.add(2, { type: 'superroute', route: 'hiking', name: 'Coast Path' }, [], [1, 3]);
  names.add(3, hiking, [11], []);
  names.add(4, { ...hiking, name: 'Stage of its own' }, [12], []);
  names.add(5, { ...hiking, name: 'Longer Way' }, [], [4]);
  expect([...names.byWay()]).toEqual([
    [10, ['Coast Path']],
    [11, ['Coast Path']],
    [12, ['Stage of its own']],
  ]);
});

test('what is proposed or given up names nothing, nor do its stages take its name', () => {
  const names = new RouteNames();
  names.add(1, { ...hiking, name: 'Planned', state: 'proposed' }, [10], [4]);
  names.add(2, { ...hiking, name: 'Given up', abandoned: 'yes' }, [10], []);
  names.add(3, { ...hiking, name: 'Closed', operational_status: 'closed' }, [10], []);
  names.add(4, { ...hiking, ref: '7' }, [10, 11], []);
  names.add(5, { type: 'route', route: 'bicycle', name: 'By bicycle' }, [10], []);
  expect([...names.byWay()]).toEqual([
    [10, ['7']],
    [11, ['7']],
  ]);
});

test('relations that hold each other come to an end, and no name stands twice at a way', () => {
  const names = new RouteNames();
  names.add(1, hiking, [10], [2]);
  names.add(2, hiking, [10], [1]);
  names.add(3, { ...hiking, name: 'A' }, [10, 10], []);
  names.add(4, { ...hiking, name: 'A' }, [10], []);
  expect([...names.byWay()]).toEqual([[10, ['A']]]);
});
