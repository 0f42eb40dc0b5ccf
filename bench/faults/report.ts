import type { Row } from './measure.ts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function until(row: Row): string {
  if (row.shortMs === null) return 'never';
  return row.shortMs === 0 ? 'always were' : seconds(row.shortMs);
}

const losses = ({ tally }: Row): string =>
  Object.entries(tally.losses)
    .map(([kind, count]) => `${count} × ${kind}`)
    .join(', ');

const cells = (row: Row | undefined): string[] =>
  row ? [String(row.tally.sent), String(row.tally.lost), seconds(row.tally.slowestMs), until(row)] : ['', '', '', ''];

/** The rows of examples/todo, where half of the load writes. */
function todoPart(rows: Row[]): string {
  const table = rows.map((row) => {
    const { lost, lostWrites } = row.tally;
    const rest = [seconds(row.tally.slowestMs), until(row), row.note.replace(/^.*exit 0: rollout: /, '')];
    return `| ${[row.scenario, row.tally.sent, lost - lostWrites, lostWrites, ...rest].join(' | ')} |`;
  });
  return `
## The same runtime under another API

examples/todo in its own containers, lifted as its manual says. Every other request is a POST. nginx repeats none that a worker may
have seen, so a worker that is killed, or ended because it hangs, takes its own with it; whoever sent one gets a 502.

| fault | sent | GETs lost | POSTs lost | slowest | ready again after | |
| --- | --: | --: | --: | --: | --: | --- |
${table.join('\n')}
`;
}

/** The page docs/faults.md. */
export function report(
  ours: Row[],
  plain: Row[],
  todo: Row[],
  head: { command: string; load: string; machine: string },
): string {
  const names = [...new Set([...ours, ...plain].map(({ scenario }) => scenario))];
  const find = (rows: Row[], name: string): Row | undefined => rows.find(({ scenario }) => scenario === name);
  const table = names.map((name) => {
    const row = find(ours, name);
    return `| ${[name, ...cells(row).slice(0, 2), String(row?.tally.shed ?? ''), ...cells(row).slice(2), ...cells(find(plain, name))].join(' | ')} |`;
  });
  const details = names.flatMap((name) =>
    [['', find(ours, name)] as const, ['plain: ', find(plain, name)] as const].flatMap(([who, row]) => {
      const words = row ? [losses(row), row.note].filter(Boolean).join('; ') : '';
      return words === '' ? [] : [`- ${name}: ${who}${words}`];
    }),
  );
  return `# What becomes of requests when things break

Written by \`${head.command}\`. ${head.load} ${head.machine}

Lost is a connection error, a cut or wrong body, or a 5xx that is no shedding; shed is a 503 that says so, with
\`Retry-After\`. “Ready again after” is the longest time in which fewer workers were ready than there should be; an absence of
less than a second goes unseen, and “never” means not within a minute. The plain set-up (bench/baseline) is Nest, PM2’s cluster mode and nginx as they come, with 20 ms of waiting a request; a row that it
has no counterpart for is empty.

| fault | sent | lost | shed | slowest | ready again after | plain: sent | lost | slowest | ready again after |
| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |
${table.join('\n')}

What was lost, and what else there is to say:

${details.join('\n')}
${todo.length > 0 ? todoPart(todo) : ''}`;
}
