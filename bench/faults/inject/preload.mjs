// Loaded into the workers of the fault stack, and of no other, by NODE_OPTIONS. It tells the outside which workers are
// there, and lets a request (`X-Fault`) or a file (`boot`) do what no route of the product can.
import cluster from 'node:cluster';
import { readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { hostname } from 'node:os';

const directory = '/fault-state';
const beatMs = 100;

function bootFault() {
  try {
    return readFileSync(`${directory}/boot`, 'utf8').trim();
  } catch {
    return '';
  }
}

/** A file that a ready worker writes again and again: a hung one and a dead one fall silent, a draining one says so. */
function announce() {
  const file = `${directory}/worker-${hostname()}-${process.pid}`;
  let state = 'starting';
  const become = (next) => {
    state = next;
    writeFileSync(`${file}.new`, next);
    renameSync(`${file}.new`, file);
  };
  // Only its time, so that no reader ever finds it empty.
  const beat = () => {
    if (state !== 'starting') utimesSync(file, new Date(), new Date());
  };
  const send = process.send;
  process.send = (message, ...rest) => {
    if (message === 'ready') become('ready');
    return send.call(process, message, ...rest);
  };
  const close = net.Server.prototype.close;
  net.Server.prototype.close = function (...given) {
    if (state === 'ready') become('draining');
    return close.apply(this, given);
  };
  setInterval(beat, beatMs).unref();
  process.on('exit', () => rmSync(file, { force: true }));
}

const leaked = [];

const faults = {
  /** Once for each token: nginx asks another worker the same, and that one shall answer. */
  hang(token) {
    try {
      writeFileSync(`${directory}/hung-${token}`, '', { flag: 'wx' });
    } catch {
      return;
    }
    for (;;);
  },
  leak(megabytes) {
    leaked.push(Buffer.alloc(Number(megabytes) * 2 ** 20, 1));
  },
  /** The answer is there, and goes out so many milliseconds later. */
  slow(milliseconds, response) {
    const end = response.end;
    response.end = (...given) => {
      setTimeout(() => end.apply(response, given), Number(milliseconds));
      return response;
    };
  },
};

// A process that tries the build before any worker does meets this too; `never-ready` only a worker meets.
const isProgram = cluster.isWorker || process.argv[1]?.endsWith('dist/main.js');
if (isProgram && bootFault() === 'throw') throw new Error('this build is broken');
if (isProgram && bootFault() === 'wrong-database') process.env.DATABASE_URL = 'postgres://loopwright@db/nowhere';

if (cluster.isWorker) {
  announce();
  // It waits for something that does not come.
  if (bootFault() === 'never-ready') http.Server.prototype.listen = () => {};
  const emit = http.Server.prototype.emit;
  http.Server.prototype.emit = function (event, ...given) {
    const wish = event === 'request' && given[0].headers['x-fault'];
    if (wish) {
      const [name, value] = wish.split('=');
      faults[name]?.(value, given[1]);
    }
    return emit.call(this, event, ...given);
  };
}
