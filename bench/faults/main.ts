// npm run faults [-- --only WORDS,WORDS] [--no-plain] [--no-loopwright] [--no-todo] [--rate N]
//
// What is measured is kept in var/faults.json, so that a row can be measured anew without the others.
// With all stacks left out it writes the page again.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../test/stack/stack.ts';
import { measure, type Row } from './measure.ts';
import { report } from './report.ts';
import { scenarios } from './scenarios.ts';
import { loopwright, plain, type Subject, todo, WORKERS } from './subject.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    rate: { type: 'string', default: '100' },
    'no-plain': { type: 'boolean', default: false },
    'no-loopwright': { type: 'boolean', default: false },
    'no-todo': { type: 'boolean', default: false },
  },
});
const rate = Number(values.rate);

const kept = `${projectRoot}/var/faults.json`;

interface Kept {
  loopwright: Row[];
  plain: Row[];
  todo: Row[];
}
const rows: Kept = {
  ...{ loopwright: [], plain: [], todo: [] },
  ...(existsSync(kept) && JSON.parse(readFileSync(kept, 'utf8'))),
};

function keep(subject: Subject['name'], row: Row): void {
  rows[subject] = [...rows[subject].filter(({ scenario }) => scenario !== row.scenario), row];
  mkdirSync(dirname(kept), { recursive: true });
  writeFileSync(kept, JSON.stringify(rows, null, 1));
  const { sent, lost, losses, shed, slowestMs } = row.tally;
  const short = row.shortMs === null ? 'not whole at the end' : `${Math.round(row.shortMs)} ms short`;
  process.stdout.write(
    `${subject}: ${row.scenario}: ${sent} sent, ${lost} lost ${JSON.stringify(losses)}, ${shed} shed, slowest ${Math.round(slowestMs)} ms, ${short}; ${row.note}\n`,
  );
}

/** @returns the rows of now where something was lost although a worker was left */
async function all(bring: () => Promise<Subject>): Promise<Row[]> {
  const subject = await bring();
  const bad: Row[] = [];
  const stop = (): void => void subject.remove().finally(() => process.exit(130));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    for (const scenario of scenarios) {
      if (!scenario.subjects.includes(subject.name) || scenario.reduced === 'only') continue;
      if (!values.only.split(',').some((words) => scenario.name.includes(words))) continue;
      const row = await measure(subject, scenario, rate);
      keep(subject.name, row);
      const { lost, lostWrites } = row.tally;
      if (scenario.workerIsLeft && lost > (scenario.diesInHand ? lostWrites : 0)) bad.push(row);
    }
  } catch (error) {
    process.stdout.write(`${(await subject.stack.compose('logs', '--tail', '60', 'api')).slice(-6_000)}\n`);
    throw error;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    await subject.remove();
  }
  return bad;
}

const failed = values['no-loopwright'] ? [] : await all(loopwright);
if (!values['no-todo']) failed.push(...(await all(todo)));
if (!values['no-plain']) await all(plain);

const names = scenarios.map(({ name }) => name);
const inOrder = (some: Row[]): Row[] =>
  some
    .toSorted((a, b) => names.indexOf(a.scenario) - names.indexOf(b.scenario))
    .filter(({ scenario }) => names.includes(scenario));
const page = report(inOrder(rows.loopwright), inOrder(rows.plain), inOrder(rows.todo), {
  command: 'npm run faults',
  load: `Load: ${rate} GETs a second, each another URL, over up to 64 keep-alive connections through nginx; ${WORKERS} workers in one container.`,
  machine: `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores (${cpus()[0]!.model.trim()}), Linux ${release()}, the load generator on the same machine; its load average at the end was ${loadavg()[2]!.toFixed(0)}.`,
});
writeFileSync(`${projectRoot}/docs/faults.md`, page);
for (const { scenario, tally } of failed) {
  process.stdout.write(`lost where a worker was left: ${scenario}: ${tally.lost}\n`);
}
process.exitCode = failed.length > 0 ? 1 : 0;
