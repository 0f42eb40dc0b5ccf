import { expect, test } from '@jest/globals';
import { PlannersBusy, UnknownTrailhead } from '../loops/errors.js';
import { asProblem } from './problems.js';

test('planners with too much to do are a 503 that says when to come again', async () => {
  await expect(asProblem(Promise.reject(new PlannersBusy()))).rejects.toMatchObject({
    type: { slug: 'overloaded' },
    headers: { 'Retry-After': '1' },
  });
});

test('an error of planning names the parameter that it came from', async () => {
  await expect(asProblem(Promise.reject(new UnknownTrailhead('w1')))).rejects.toMatchObject({
    type: { slug: 'unknown-trailhead' },
    members: { errors: [{ parameter: 'trailhead', given: 'w1' }] },
  });
});

test('another error stays what it is', async () => {
  const mistake = new TypeError('a mistake');
  await expect(asProblem(Promise.reject(mistake))).rejects.toBe(mistake);
});
