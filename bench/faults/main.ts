// npm run faults [-- --only WORDS] [--no-plain] [--rate N]
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release } from 'node:os';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../test/stack/stack.ts';
import { measure, type Row } from './measure.ts';
import { report } from './report.ts';
import { scenarios } from './scenarios.ts';
import { loopwright, plain, type Subject, WORKERS } from './subject.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    rate: { type: 'string', default: '100' },
    'no-plain': { type: 'boolean', default: false },
  },
});
const rate = Number(values.rate);

async function all(bring: () => Promise<Subject>): Promise<Row[]> {
  const subject = await bring();
  const rows: Row[] = [];
  try {
    for (const scenario of scenarios) {
      if (!scenario.subjects.includes(subject.name) || scenario.reduced === 'only') continue;
      if (!scenario.name.includes(values.only)) continue;
      const row = await measure(subject, scenario, rate);
      rows.push(row);
      if (row.tally.lost > 0 && process.env.FAULT_LOGS) {
        const log = await subject.stack.compose('logs', '--no-log-prefix', 'nginx');
        writeFileSync(process.env.FAULT_LOGS, log);
      }
      process.stdout.write(
        `${subject.name}: ${row.scenario}: sent ${row.tally.sent}, lost ${row.tally.lost} ${JSON.stringify(row.tally.losses)}, shed ${row.tally.shed}, slowest ${Math.round(row.tally.slowestMs)} ms, short ${row.shortMs} ms, fewest ${row.fewest}; ${row.note}\n`,
      );
    }
  } catch (error) {
    process.stdout.write(`${(await subject.stack.compose('logs', '--tail', '60', 'api')).slice(-6_000)}\n`);
    throw error;
  } finally {
    await subject.remove();
  }
  return rows;
}

const ours = await all(loopwright);
const theirs = values['no-plain'] ? [] : await all(plain);
if (values.only === '') {
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], {
    cwd: projectRoot,
    encoding: 'utf8',
  }).trim();
  const head = {
    command: 'npm run faults',
    load: `Load: ${rate} GETs a second, each another URL, over up to 64 keep-alive connections through nginx; ${WORKERS} workers in one container.`,
    machine: `Commit ${commit}, ${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores (${cpus()[0]!.model.trim()}), Linux ${release()}, the load generator on the same machine.`,
  };
  writeFileSync(`${projectRoot}/docs/faults.md`, report(ours, theirs, head));
}
const failed = ours.filter(
  ({ scenario, tally }) => tally.lost > 0 && scenarios.find(({ name }) => name === scenario)!.workerIsLeft,
);
for (const { scenario, tally } of failed)
  process.stdout.write(`lost where a worker was left: ${scenario}: ${tally.lost}\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
