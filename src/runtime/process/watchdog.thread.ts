import { writeSync } from 'node:fs';
import { type Debugger, Session } from 'node:inspector';
import { workerData } from 'node:worker_threads';
import { hangJudge } from './hang.js';
import { lookAtMainThread, ownMs } from './own-time.js';
import { leaveWord } from './report.js';
import { BEAT, DEBUGGED, DOING, type Doing, type WatchdogData } from './watchdog.js';

/**
 * A main thread that is stuck in native code cannot be stopped; then the line goes without a stack. Counted in time that
 * the thread has to itself: telling of 1 700 scripts takes it 0.13 s of a processor, and on a busy machine many times that.
 */
const stackLimitMs = 1_000;

const stackTickMs = 50;

const framesMax = 50;

const { shared, limitMs, tickMs, worker } = workerData as WatchdogData;
const cells = new Int32Array(shared);

interface Inside {
  stack: string[];
  doing: Doing | null;
}

/**
 * Stops the main thread where it is.
 * @returns its JavaScript stack, innermost first, and what it was doing; null when it says nothing for `stackLimitMs`
 */
async function lookInside(): Promise<Inside | null> {
  let resolve: (inside: Inside | null) => void = () => {};
  const promise = new Promise<Inside | null>((done) => {
    resolve = done;
  });
  const session = new Session();
  session.connectToMainThread();
  let silentMs = 0;
  let before = lookAtMainThread();
  setInterval(() => {
    const now = lookAtMainThread();
    // What it has said may lie here unread when this thread is kept waiting itself: no tick counts for more than one.
    silentMs += Math.min(ownMs(before, now), stackTickMs);
    before = now;
    if (silentMs >= stackLimitMs) resolve(null);
  }, stackTickMs);
  session.on('inspectorNotification', () => {
    silentMs = 0;
  });
  const urls = new Map<string, string>();
  session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url));
  session.on('Debugger.paused', ({ params: { callFrames } }) => {
    const stack = callFrames.slice(0, framesMax).map(({ functionName, location }: Debugger.CallFrame) => {
      const { scriptId, lineNumber, columnNumber = 0 } = location;
      return `${functionName || '(anonymous)'} ${urls.get(scriptId)}:${lineNumber + 1}:${columnNumber + 1}`;
    });
    session.post(
      'Debugger.evaluateOnCallFrame',
      { callFrameId: callFrames[0].callFrameId, expression: `globalThis[Symbol.for('${DOING}')]()` },
      (error, answer) => resolve({ stack, doing: error ? null : JSON.parse(answer.result.value) }),
    );
  });
  session.post('Debugger.enable');
  session.post('Debugger.pause');
  return promise;
}

async function end(stillMs: number): Promise<void> {
  const seen = await lookInside().catch(() => null);
  const line = {
    level: 'fatal',
    time: new Date().toISOString(),
    slot: worker.slot,
    worker: worker.id,
    pid: process.pid,
    stillMs: Math.round(stillMs),
    request: seen?.doing?.running ?? null,
    inFlight: seen?.doing?.inFlight ?? null,
    stack: seen?.stack ?? null,
    msg: 'the main loop hangs: ending this worker',
  };
  try {
    leaveWord(worker, 'hang');
    writeSync(1, `${JSON.stringify(line)}\n`);
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}

const see = hangJudge(limitMs, tickMs);
const ticking = setInterval(() => {
  const stillMs = see({
    ...lookAtMainThread(),
    beat: Atomics.load(cells, BEAT),
    debugged: Atomics.load(cells, DEBUGGED) === 1,
  });
  if (stillMs === 0) return;
  clearInterval(ticking);
  end(stillMs);
}, tickMs);
