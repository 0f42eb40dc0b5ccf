import { Load, type Tally } from './load.ts';
import type { Scenario } from './scenarios.ts';
import type { Subject } from './subject.ts';

export interface Row {
  scenario: string;
  tally: Tally;
  /** The longest time with fewer workers ready than there should be; null when they were still too few at the end. */
  shortMs: number | null;
  fewest: number;
  note: string;
}

const LEAD_IN_MS = 2_000;
const LEAD_OUT_MS = 2_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function renew(subject: Subject): Promise<void> {
  await subject.stack.up('--force-recreate', '--no-deps', 'api', 'nginx');
  if (!(await subject.watch.whole(60_000))) throw new Error(`${subject.name} cannot be made whole`);
}

/** One fault under constant load. @throws Error when the stack cannot be made whole before it */
export async function measure(subject: Subject, scenario: Scenario, perSecond: number): Promise<Row> {
  Object.assign(subject.stack.environment, scenario.environment);
  // A set-up that has not recovered from the fault before gets new containers, so that this one finds it whole.
  if (scenario.environment || !(await subject.watch.whole(15_000))) await renew(subject);
  const load = new Load(subject.origin, subject.question, subject.judge);
  load.start(perSecond);
  await pause(LEAD_IN_MS);
  subject.watch.reset();
  const note = await scenario.run(subject, load).catch((error: Error) => `failed: ${error.message.split('\n')[0]}`);
  const whole = await subject.watch.whole(10_000);
  const { longestMs, fewest } = subject.watch.shortage();
  await pause(LEAD_OUT_MS);
  const tally = await load.stop();
  const missing = (await subject.missing?.()) ?? '';
  if (scenario.environment) {
    for (const name of Object.keys(scenario.environment)) delete subject.stack.environment[name];
    await renew(subject);
  }
  return {
    scenario: scenario.name,
    tally,
    shortMs: whole ? longestMs : null,
    fewest,
    note: [note, missing].filter(Boolean).join('; '),
  };
}
