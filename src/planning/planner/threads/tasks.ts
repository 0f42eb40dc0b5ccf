import type { MessagePort } from 'node:worker_threads';
import type { TileBody } from '../../network/tile-store.js';
import type { LoopRequest, Start } from '../loop-request.js';
import { GO_ON } from '../stop.js';

/** Loops of a request, from one start. */
export interface PlanTask {
  edition: number;
  /** All tiles within half the requested length (and a little more) of the start: `tileRadiusMeters`. */
  tiles: TileBody[];
  start: Start;
  request: LoopRequest;
}

/** The loop of an id. */
export interface RebuildTask {
  edition: number;
  tiles: TileBody[];
  id: string;
}

/** What a thread makes something of. */
export type ThreadTask = { stop: Int32Array } & (
  | ({ kind: 'plan' } & PlanTask)
  | ({ kind: 'rebuild' } & RebuildTask)
  | { kind: 'warm' }
  | { kind: 'check' }
);

/** What goes to a thread that is free, with the port by which it is given others meanwhile. */
export type TopTask = ThreadTask & { others?: MessagePort };

/** What goes to a thread at work. */
export type GivenTask = ThreadTask & { number: number };

/** What comes back by the port. */
export type Given = { number: number } & ({ made: unknown; error?: undefined } | { error: Error });

/** Where beside its state a flag says that a thread has begun with the task. */
export const BEGUN = 1;

export const newFlag = (): Int32Array => new Int32Array(new SharedArrayBuffer(8)).fill(GO_ON);
