import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { httpBench } from './http.bench.js';
import { importBench } from './import.bench.js';
import { mapBench } from './map.bench.js';
import { overloadBench } from './overload/overload.bench.js';
import { pageBench } from './page.bench.js';
import { peersBench } from './peers.bench.js';
import { pictures } from './pictures.js';
import { plannerBench } from './planner.bench.js';
import { queryBench } from './query.bench.js';
import { scaleBench } from './scale.bench.js';
import { replaceSection } from './tables.js';
import { timesBench } from './times.bench.js';
import { truthBench } from './truth.bench.js';

const PAGE = 'docs/benchmarks.md';
/** What strangers ask stands beside what else they do, under a heading of its own. */
const ABUSE_PAGE = 'docs/abuse.md';
const HEAD = '# Benchmarks\n\nEvery figure on this page is written by the command above it.\n';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** A few requests, for CI: says that the bench runs, not how fast the planner is; the page stays as it is. */
    quick: { type: 'boolean', default: false },
    region: { type: 'string' },
  },
});

const benches: Record<string, (options: { quick: boolean; only: string | undefined }) => Promise<string>> = {
  planner: plannerBench,
  times: timesBench,
  pictures,
  query: queryBench,
  import: importBench,
  map: mapBench,
  page: pageBench,
  scale: scaleBench,
  http: httpBench,
  truth: truthBench,
  overload: overloadBench,
  peers: peersBench,
};

const [name = ''] = positionals;
const bench = benches[name];
if (!bench) {
  console.error(`npm run bench -- ${Object.keys(benches).join('|')} [--quick] [--region PART_OF_TITLE]`);
  process.exit(2);
}
const body = await bench({ quick: values.quick, only: values.region });
const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${new Date().toISOString().slice(0, 10)}`;
console.log(body);
if (!values.quick && values.region === undefined) {
  const isAbuse = name === 'overload';
  const file = isAbuse ? ABUSE_PAGE : PAGE;
  const page = existsSync(file) ? readFileSync(file, 'utf8') : HEAD;
  const section = `\`npm run bench -- ${name}\` (${machine})\n\n${body}`;
  writeFileSync(file, replaceSection(page, name, isAbuse ? section : `## ${name}\n\n${section}`));
}
