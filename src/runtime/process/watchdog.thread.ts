import { writeSync } from 'node:fs';
import { type Debugger, Session } from 'node:inspector';
import { workerData } from 'node:worker_threads';
import { hangJudge } from './hang.js';
import { leaveWord } from './report.js';
import { BEAT, DEBUGGED, DOING, type Doing, type WatchdogData } from './watchdog.js';

/** A main thread that is stuck in native code cannot be stopped; then the line goes without a stack. */
const stackLimitMs = 1_000;

const framesMax = 50;

const { shared, limitMs, tickMs, worker } = workerData as WatchdogData;
const cells = new Int32Array(shared);

/** Stops the main thread where it is. @returns its JavaScript stack, innermost first, and what it was doing */
function lookInside(): Promise<{ stack: string[]; doing: Doing | null }> {
  const { promise, resolve } = Promise.withResolvers<{ stack: string[]; doing: Doing | null }>();
  const session = new Session();
  session.connectToMainThread();
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
  const nothing = new Promise<null>((resolve) => setTimeout(resolve, stackLimitMs, null));
  const seen = await Promise.race([lookInside(), nothing]).catch(() => null);
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
    nowMs: performance.now(),
    beat: Atomics.load(cells, BEAT),
    debugged: Atomics.load(cells, DEBUGGED) === 1,
  });
  if (stillMs === 0) return;
  clearInterval(ticking);
  end(stillMs);
}, tickMs);
// The interval is gone by the time that the stack arrives: something must keep this thread.
setInterval(() => {}, 2 ** 30);
