import { Command } from 'commander';
import { readConfig } from '../../config.js';
import { connect } from './connect.js';
import { failureLine, withoutPassword } from './failure-line.js';
import { grantReading, userOf } from './grant-reading.js';
import { migrate } from './migrate.js';

async function run(): Promise<void> {
  const { database, databaseToRead } = readConfig();
  const db = connect(database);
  try {
    const applied = await migrate(db);
    const reader = userOf(databaseToRead.url);
    if (reader !== null && reader !== userOf(database.url)) await grantReading(db, reader);
    const what = applied.length > 0 ? `applied ${applied.join(', ')}` : 'nothing to do';
    process.stdout.write(`migrate: ${what} (${withoutPassword(database.url)})\n`);
  } finally {
    await db.destroy();
  }
}

const command = new Command('migrate')
  .description(
    'Brings the database named by DATABASE_URL up to date, and lets the user of DATABASE_READ_URL read it. Safe to run again, and from several places at once.',
  )
  .allowExcessArguments(false)
  .action(run);

command.parseAsync().catch((error: unknown) => {
  process.stderr.write(`migrate: ${failureLine(error)}\n`);
  process.exitCode = 1;
});
