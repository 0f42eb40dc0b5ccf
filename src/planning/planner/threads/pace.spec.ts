import { expect, test } from '@jest/globals';
import { plainRequest } from '../loop-request.js';
import { QUESTION_BUDGET } from '../weights.js';
import { Pace } from './pace.js';

const usual = plainRequest(15_000);
const steep = plainRequest(15_000, { minAscentMeters: 900 });

test('the first plan of a kind says what the next one of that kind takes', () => {
  const pace = new Pace();
  pace.learn(steep, 400, { settledNodes: 300_000 });
  expect(pace.planMs(steep)).toBe(400);
  expect(pace.planMs(plainRequest(16_000, { maxAscentMeters: 900 }))).toBe(400);
});

test('many of one kind say how slow the machine is, and so what others take', () => {
  const pace = new Pace();
  const unseen = pace.planMs(steep);
  const usualMs = pace.planMs(usual);
  for (let i = 0; i < 60; i++) pace.learn(usual, 5 * usualMs, { settledNodes: 30_000 });
  expect(pace.planMs(steep) / unseen).toBeCloseTo(5, 1);
});

test('until one was made a longer one, and one with a window of ascent, is taken for more', () => {
  const pace = new Pace();
  expect(pace.planMs(plainRequest(200_000))).toBeGreaterThan(10 * pace.planMs(usual));
  expect(pace.planMs(steep)).toBeGreaterThan(pace.planMs(usual));
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
