import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { replaceSection } from '../tables.js';
import { type FuzzOptions, importFuzz } from './import.fuzz.js';

const PAGE = 'docs/abuse.md';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Draws the same again; else the seed is the day. */
    seed: { type: 'string' },
    count: { type: 'string', default: '500' },
    /** Goes on until so many minutes are over, whatever the count. */
    minutes: { type: 'string' },
    /** 60 with a fixed seed, for CI; the page stays as it is. */
    quick: { type: 'boolean', default: false },
  },
});

const fuzzes: Record<string, (options: FuzzOptions) => Promise<{ body: string; faults: string[] }>> = {
  import: importFuzz,
};

const [name = ''] = positionals;
const fuzz = fuzzes[name];
const number = (text: string | undefined, otherwise: number): number => (text === undefined ? otherwise : Number(text));
const minutes = number(values.minutes, Number.POSITIVE_INFINITY);
const options: FuzzOptions = {
  seed: values.quick ? 1 : number(values.seed, Math.floor(Date.now() / 86_400_000)),
  count: values.quick ? 60 : values.minutes === undefined ? Number(values.count) : Number.POSITIVE_INFINITY,
  untilMs: performance.now() + minutes * 60_000,
};
if (!fuzz || Object.values(options).some((value) => !(value > 0))) {
  console.error(`npm run fuzz -- ${Object.keys(fuzzes).join('|')} [--seed N] [--count N | --minutes N | --quick]`);
  process.exit(2);
}
const { body, faults } = await fuzz(options);
console.log(body);
if (!values.quick && existsSync(PAGE)) {
  const said = [name, ...process.argv.slice(3)].join(' ');
  const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${new Date().toISOString().slice(0, 10)}`;
  const section = `\`npm run fuzz -- ${said}\` (${machine})\n\n${body}`;
  writeFileSync(PAGE, replaceSection(readFileSync(PAGE, 'utf8'), `fuzz ${name}`, section, 'npm run fuzz'));
}
process.exit(faults.length > 0 ? 1 : 0);
