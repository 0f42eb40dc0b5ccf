import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { measure } from '../../bench/faults/measure.js';
import { scenarios } from '../../bench/faults/scenarios.js';
import { loopwright, type Subject } from '../../bench/faults/subject.js';
import { describeStack } from './describe-stack.js';

/** Slow enough for a machine that has other things to do. */
const PER_SECOND = 40;

// `npm run faults` measures every fault at length and writes docs/faults.md; this is its reduced form.
describeStack('under constant load nothing is lost', { needsExtract: false }, () => {
  let subject: Subject;

  beforeAll(async () => {
    subject = await loopwright();
  }, 600_000);

  afterAll(() => subject?.remove(), 120_000);

  test.each(scenarios.filter(({ reduced }) => reduced !== false).map((scenario) => [scenario.name, scenario] as const))(
    'by %s',
    async (_name, scenario) => {
      const { tally, shortMs, note } = await measure(subject, scenario, PER_SECOND);
      expect({ lost: tally.lost, losses: tally.losses, note }).toEqual({ lost: 0, losses: {}, note: '' });
      expect(tally.sent).toBeGreaterThan(100);
      expect(shortMs).not.toBeNull();
    },
    180_000,
  );
});
