import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { failureLine, printable } from '../database/failure-line.js';
import { isUrl, shownSource } from './address.js';
import { readByteSize, writeByteSize } from './byte-size.js';
import { inThread } from './in-thread.js';
import { Interrupted, type Interruption, interruptible } from './interruptible.js';
import type { Outcome } from './job.js';
import { Progress } from './progress.js';
import { openSource, regionNameOf } from './source-file.js';
import { importStages, SAMPLE_STAGES } from './stages.js';

const say = (line: string): void => void process.stdout.write(`${printable(line)}\n`);

/** @throws what `work` throws; the progress is off the screen by then */
async function showing(progress: Progress, work: (interruption: Interruption) => Promise<Outcome>): Promise<void> {
  let outcome: Outcome;
  try {
    outcome = await interruptible(work);
  } finally {
    progress.end();
  }
  if (outcome.leftOut !== null) process.stderr.write(`${outcome.leftOut}\n`);
  say(outcome.region);
}

function sample(): Promise<void> {
  const progress = new Progress(SAMPLE_STAGES);
  return showing(progress, (interruption) => inThread({ kind: 'sample' }, progress, interruption));
}

interface ImportWords {
  elevation?: string;
  name?: string;
  force: boolean;
  maxDownload: number;
}

/** More than the extract of any one country, less than most disks. */
const MOST_DOWNLOADED = '8GB';
const STALLED_MS = 60_000;
const LONGEST_NAME = 200;

async function importFile(given: string, words: ImportWords): Promise<void> {
  const { elevation, name = regionNameOf(given), force, maxDownload } = words;
  if (name.length > LONGEST_NAME || name.trim() === '' || printable(name) !== name) {
    throw new Error(`the name of a region has 1 to ${LONGEST_NAME} characters, all of which can be seen`);
  }
  const source = shownSource(given);
  const progress = new Progress(importStages(isUrl(given) ? source : null));
  await showing(progress, (interruption) => {
    const job = { kind: 'extract', name, source, elevation, force } as const;
    return inThread(job, progress, interruption, () =>
      openSource(
        given,
        { maxBytes: maxDownload, stalledMs: STALLED_MS, signal: interruption.signal },
        (bytes) => progress.next(bytes === null ? 'of unknown size' : writeByteSize(bytes)),
        (part) => progress.advance(part),
      ),
    );
  });
}

function byteSize(text: string): number {
  const bytes = readByteSize(text);
  if (bytes === null) throw new InvalidArgumentError('A size is a number with a unit, as 500MB or 8GB.');
  return bytes;
}

// What only these two need is not loaded for the others: the thread of an import has its own.
async function list(): Promise<void> {
  const { regionLines } = await import('./regions-in-database.js');
  const lines = await regionLines();
  for (const line of lines) say(line);
  if (lines.length === 0) process.stderr.write('no region yet: import one, or make the sample\n');
}

async function remove(name: string): Promise<void> {
  const regions = await import('./regions-in-database.js');
  await regions.remove(name);
  say(`${name}: removed`);
}

const trails = new Command('trails')
  .description(
    'The regions in the database that DATABASE_URL names. Workers that are running pick changes up by themselves.',
  )
  .exitOverride()
  .configureOutput({
    outputError: (message, write) => write(`trails: ${printable(message.trimEnd().replace(/^error: /, ''))}\n`),
  });
const subcommand = (name: string, description: string): Command =>
  trails.command(name).description(description).allowExcessArguments(false);

subcommand('import', 'read an OpenStreetMap extract into the database, in place of an older one of the same region')
  .argument('<source>', 'file.osm.pbf, or an http address to download it from')
  .option('--elevation <folder>', 'with tiles like N42E001.hgt (1″ or 3″); without it ascents stay unknown')
  .option('--name <region>', 'what to call the region; else it is called after the file')
  .option('--force', 'even if the region is left with less than half of what it had, or without its ascents', false)
  .addOption(
    new Option('--max-download <size>', 'the most that is downloaded from an address')
      .argParser(byteSize)
      .default(byteSize(MOST_DOWNLOADED), MOST_DOWNLOADED),
  )
  .action(importFile);
subcommand('sample', 'make the region “Sample (synthetic)”: mountains that do not exist, to try the program on').action(
  sample,
);
subcommand('list', 'say what regions there are, one a line').action(list);
subcommand('remove', 'take a region out of the database').argument('<name>', 'as `list` shows it').action(remove);

try {
  await trails.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    process.stderr.write(`trails: ${failureLine(error)}\n`);
    // At once: an interrupted piece of work may still be waiting for a server or a lock.
    process.exit(error instanceof Interrupted ? error.exitCode : 1);
  }
}
