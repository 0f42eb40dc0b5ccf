import { Command, CommanderError } from 'commander';
import { readConfig } from '../../config.js';
import { connect, type Database } from '../database/connect.js';
import { everyEdition, removeRegion } from '../database/editions.js';
import { failureLine } from '../database/failure-line.js';
import { migrate } from '../database/migrate.js';
import { importExtract, importStages } from './import-extract.js';
import { Interrupted, type Interruption, interruptible } from './interruptible.js';
import { Progress } from './progress.js';
import { regionLine } from './region-table.js';
import { SAMPLE_NAME, sampleRegion } from './sample/sample-region.js';
import { regionNameOf } from './source-file.js';
import { STORE_STAGES, storeRegion } from './store-region.js';

async function withDatabase(work: (db: Database) => Promise<void>): Promise<void> {
  const db = connect({ ...readConfig().database, poolMax: 1 });
  try {
    await work(db);
  } finally {
    await db.destroy();
  }
}

async function tell(db: Database, name: string): Promise<void> {
  for (const edition of await everyEdition(db)) {
    if (edition.region === name) process.stdout.write(`${regionLine(edition)}\n`);
  }
}

/** @throws what `work` throws; the progress is off the screen by then */
async function showing(progress: Progress, work: (interruption: Interruption) => Promise<void>): Promise<void> {
  try {
    await interruptible(work);
  } finally {
    progress.end();
  }
}

const sample = (): Promise<void> =>
  withDatabase(async (db) => {
    const progress = new Progress([{ name: 'making the sample region', share: 20 }, ...STORE_STAGES]);
    await showing(progress, async (interruption) => {
      progress.next();
      await storeRegion(db, sampleRegion(), progress, interruption);
    });
    await tell(db, SAMPLE_NAME);
  });

interface ImportWords {
  elevation?: string;
  name?: string;
}

const importFile = (source: string, { elevation, name = regionNameOf(source) }: ImportWords): Promise<void> =>
  withDatabase(async (db) => {
    const progress = new Progress(importStages(source));
    await showing(progress, (interruption) => importExtract(db, { source, name, elevation }, progress, interruption));
    await tell(db, name);
  });

const list = (): Promise<void> =>
  withDatabase(async (db) => {
    await migrate(db);
    const editions = await everyEdition(db);
    for (const edition of editions) process.stdout.write(`${regionLine(edition)}\n`);
    if (editions.length === 0) process.stderr.write('no region yet: import one, or make the sample\n');
  });

const remove = (name: string): Promise<void> =>
  withDatabase(async (db) => {
    await migrate(db);
    if (await removeRegion(db, name)) {
      process.stdout.write(`${name}: removed\n`);
      return;
    }
    const names = (await everyEdition(db)).map(({ region }) => region);
    throw new Error(`there is no region ${name}${names.length > 0 ? `, only ${names.join(', ')}` : ''}`);
  });

const trails = new Command('trails')
  .description(
    'The regions in the database that DATABASE_URL names. Workers that are running pick changes up by themselves.',
  )
  .exitOverride()
  .configureOutput({ outputError: (message, write) => write(`trails: ${message.replace(/^error: /, '')}`) });
const subcommand = (name: string, description: string): Command =>
  trails.command(name).description(description).allowExcessArguments(false);

subcommand('import', 'read an OpenStreetMap extract into the database, in place of an older one of the same region')
  .argument('<source>', 'file.osm.pbf, or an http address to download it from')
  .option('--elevation <folder>', 'with tiles like N42E001.hgt (1″ or 3″); without it ascents stay unknown')
  .option('--name <region>', 'what to call the region; else it is called after the file')
  .action(importFile);
subcommand('sample', `make the region “${SAMPLE_NAME}”: mountains that do not exist, to try the program on`).action(
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
