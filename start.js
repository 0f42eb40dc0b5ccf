/**
 * `npm start` and `npm run dev`: from a fresh clone to an API that answers. Builds, migrates, makes the sample region when
 * there is no region, runs the workers, and says how to ask for a loop once they answer.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const watch = process.argv.includes('--watch');

/** PM2 keeps sockets in its home, and the path of a socket holds about a hundred bytes. */
function pm2Home() {
  const own = join(root, 'var/pm2');
  if (Buffer.byteLength(own) <= 80) return own;
  return join(tmpdir(), `loopwright-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`);
}

let child;
let stopping = false;
/** Of its own process group, so that Ctrl-C in a terminal reaches it once, from here, and not every worker as well. */
function begin(command, args, env = process.env) {
  child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ? 1 : code));
  });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (!stopping) child?.kill('SIGTERM');
    stopping = true;
  });
}

/** @throws Error, which ends everything, when the step fails */
async function step(what, command, args) {
  process.stdout.write(`${what}\n`);
  const code = await begin(command, args);
  if (stopping) process.exit(130);
  if (code !== 0) throw new Error(`${what} failed`);
}

/** @returns the names of the regions in the database, and a start that a person might choose in the first of them */
async function look() {
  const { environment, readConfig } = await import('./dist/config.js');
  const { readEnvironment } = await import('./dist/runtime/cluster.js');
  const { connect } = await import('./dist/planning/database/connect.js');
  const { currentEditions } = await import('./dist/planning/database/editions.js');
  const config = readConfig();
  const port = readEnvironment(environment).PORT;
  const db = connect(config.database);
  try {
    const [edition] = await currentEditions(db);
    if (!edition) return { port };
    const trailhead = await db
      .selectFrom('trailhead')
      .select('id')
      .where('edition', '=', edition.id)
      .orderBy('name', (by) => by.asc().nullsLast())
      .executeTakeFirst();
    return { port, region: edition.region, trailhead: trailhead?.id };
  } finally {
    await db.destroy();
  }
}

/** On a connection of its own, which ends with the answer: one left idle would make a stop wait for it. */
async function answers(url) {
  const asked = get(url, { agent: false });
  const [response] = await once(asked, 'response').catch(() => []);
  response?.resume();
  return response?.statusCode === 200;
}

/** Waits for the workers to answer, then says what to ask. */
async function invite({ port, trailhead }) {
  const url = `http://localhost:${port}`;
  const loop = `${url}/v1/loops?trailhead=${encodeURIComponent(trailhead ?? '')}&length=8km`;
  while (!stopping) {
    if (await answers(loop)) break;
    await after(250);
  }
  if (!stopping) process.stdout.write(`\nLoopwright answers at ${url}\nTry:  curl '${loop}'\n\n`);
}

/** @throws Error when something else listens there: its answers would look like ours */
async function mustBeFree(port) {
  const probe = createServer();
  await once(probe.listen(port), 'listening').catch(() => {
    throw new Error(`port ${port} is taken; PORT=… chooses another`);
  });
  await new Promise((resolve) => probe.close(resolve));
}

async function run() {
  await mustBeFree(process.env.PORT || 3000);
  await step('building', 'npm', ['run', '--silent', 'build']);
  await step('migrating the database', 'npm', ['run', '--silent', 'migrate']);
  if (!(await look()).region)
    await step('making the sample region', 'npm', ['run', '--silent', 'trails', '--', 'sample']);
  const found = await look();
  const { pm2Environment } = await import('./dist/runtime/cluster.js');
  const ended = watch
    ? begin('nest', ['start', '--watch', '--no-shell'], { ...process.env, WATCHDOG: 'off' })
    : begin('pm2-runtime', ['ecosystem.config.js'], { ...process.env, ...pm2Environment, PM2_HOME: pm2Home() });
  invite(found);
  const code = await ended;
  process.exit(stopping ? 0 : code);
}

run().catch((error) => {
  process.stderr.write(`loopwright: ${error.message}\n`);
  process.exit(1);
});
