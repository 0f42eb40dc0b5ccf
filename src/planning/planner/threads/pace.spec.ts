import { expect, test } from '@jest/globals';
import { plainRequest } from '../loop-request.js';
import { QUESTION_BUDGET } from '../weights.js';
import { Pace } from './pace.js';

const usual = plainRequest(15_000);
const steep = plainRequest(15_000, { minAscentMeters: 900 });

test('the first plan of a kind says what the next one of that kind takes, and says nothing of others', () => {
  const pace = new Pace();
  const [unseen, unseenSteep] = [pace.planMs(usual), pace.planMs(steep)];
  pace.learn(steep, 400, { settledNodes: 300_000 });
  expect(pace.planMs(steep)).toBe(400);
  expect(pace.planMs(plainRequest(16_000, { maxAscentMeters: 900 }))).toBe(400);
  expect(pace.planMs(usual)).toBe(unseen);
  expect(unseenSteep).toBe(unseen);
});

test('until one was made a longer one is taken for more', () => {
  const pace = new Pace();
  expect(pace.planMs(plainRequest(200_000))).toBeGreaterThan(10 * pace.planMs(usual));
});

test('one plan that takes ten times as long moves what is expected by its share; many of them move it all the way', () => {
  const pace = new Pace();
  for (let i = 0; i < 30; i++) pace.learn(usual, 10, { settledNodes: 10_000 });
  pace.learn(usual, 100, { settledNodes: 10_000 });
  expect(pace.planMs(usual)).toBeCloseTo(19);
  for (let i = 0; i < 60; i++) pace.learn(usual, 100, { settledNodes: 10_000 });
  expect(pace.planMs(usual)).toBeCloseTo(100, 0);
});

test('a question is expected to take its plans, but no more of them than its budget lets it make', () => {
  const pace = new Pace();
  pace.learn(usual, 10, { settledNodes: 10_000 });
  expect(pace.questionMs(usual, 6)).toBe(60);
  pace.learn(steep, 500, { settledNodes: QUESTION_BUDGET / 2 });
  expect(pace.questionMs(steep, 6)).toBe(1_000);
  pace.learn(plainRequest(200_000), 2_000, { settledNodes: 3 * QUESTION_BUDGET });
  expect(pace.questionMs(plainRequest(200_000), 6)).toBe(2_000);
});
