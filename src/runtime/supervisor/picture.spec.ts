import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Picture } from './picture.js';

let directory: string;
let workers: Server[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'picture-'));
  workers = [];
});
afterEach(() => {
  for (const worker of workers) end(worker);
  rmSync(directory, { recursive: true });
});

const pathOf = (slot: number, id: number) => join(directory, `${slot}-${id}.sock`);
const look = (picture: Picture, underWay: string | null = null) => picture.look(async () => [], underWay);

/** Opens a worker's socket; one that is `silent` hangs up on whoever asks. */
async function worker(slot: number, id: number, silent = false): Promise<Server> {
  const server = createServer((request, response) => {
    if (silent) request.destroy();
    else response.end(JSON.stringify({ slot, worker: id, pmId: 10 + id }));
  });
  workers.push(server);
  await new Promise<void>((done) => server.listen(pathOf(slot, id), done));
  return server;
}

/** Ends one in order: its socket is taken away. */
function end(server: Server): void {
  server.close();
  server.closeAllConnections();
}

/** What is left of a worker that was killed: a socket on which nobody listens. */
const leaveBehind = (slot: number, id: number) => writeFileSync(pathOf(slot, id), '');

it('counts a worker that it was about to remove under what it was removed for, at the look after its end', async () => {
  const picture = new Picture(directory);
  const old = await worker(0, 1);
  await look(picture);
  picture.willRemove(11, 'recycle');
  await look(picture);
  expect(picture.ended.size).toBe(0);
  end(old);
  await look(picture);
  await look(picture);
  expect([...picture.ended]).toEqual([['recycle', 1]]);
});

it('counts a worker in order that takes its socket away while it is being looked at', async () => {
  const picture = new Picture(directory);
  const old = await worker(0, 1);
  await look(picture);
  end(old);
  // As it looks between the reading of the directory and the asking: a name, and nothing behind it.
  symlinkSync('nowhere', pathOf(0, 1));
  await look(picture, 'reload');
  expect([...picture.ended]).toEqual([['reload', 1]]);
});

it('counts a worker that ended before it had ever answered', async () => {
  const picture = new Picture(directory);
  const mute = await worker(0, 1, true);
  await look(picture);
  expect(picture.silent).toEqual([0]);
  end(mute);
  await look(picture);
  expect([...picture.ended]).toEqual([['stop', 1]]);
});

it('counts a worker that came and was killed between two looks', async () => {
  const picture = new Picture(directory);
  await look(picture);
  leaveBehind(0, 1);
  writeFileSync(`${pathOf(0, 1)}.cause`, 'hang');
  leaveBehind(1, 2);
  await look(picture);
  expect([...picture.ended]).toEqual([
    ['hang', 1],
    ['crash', 1],
  ]);
});

it('does not count what workers of another time have left, and clears it away', async () => {
  leaveBehind(0, 1);
  const picture = new Picture(directory);
  await look(picture);
  await look(picture);
  expect(picture.ended.size).toBe(0);
});
