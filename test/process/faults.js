/**
 * Preloaded into workers that must fail (`NODE_OPTIONS=--import=…`): a query tells a worker what to do, at the moment
 * at which it answers. The product itself has no such door.
 */
import { ServerResponse } from 'node:http';

function hangHere() {
  for (;;);
}

const faults = {
  hang: hangHere,
  sleep: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  throw: () =>
    setImmediate(() => {
      throw new Error('thrown on purpose');
    }),
  reject: () => {
    Promise.reject(new Error('rejected on purpose'));
  },
};

const end = ServerResponse.prototype.end;
ServerResponse.prototype.end = function (...args) {
  const fault = /[?&]fault=(\w+)/.exec(this.req.url)?.[1];
  faults[fault]?.();
  return end.apply(this, args);
};
