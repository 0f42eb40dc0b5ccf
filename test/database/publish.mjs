// Publishes a region from a process of its own: `node publish.mjs URL PREPARED.json [hang]`. With `hang` it writes its
// first rows and then waits to be killed.
import { readFileSync } from 'node:fs';
import { connect } from '../../dist/planning/database/connect.js';
import { publishRegion } from '../../dist/planning/database/editions.js';

const [url, file, hang] = process.argv.slice(2);
const fromHex = (key, value) => (key === 'body' ? Buffer.from(value, 'hex') : value);
const db = connect({ url, poolMax: 1, statementTimeoutMs: 8_000, connectTimeoutMs: 3_000 });
await publishRegion(db, JSON.parse(readFileSync(file, 'utf8'), fromHex), () => {
  if (!hang) return;
  process.stdout.write('half written\n');
  return new Promise(() => setInterval(() => {}, 1_000));
});
await db.destroy();
