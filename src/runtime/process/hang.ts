import { type Look, ownMs } from './own-time.js';

/** What the watchdog sees of the main thread at one of its ticks. */
export interface Sight extends Look {
  /** Counts up each time the main loop turns. */
  beat: number;
  /** Somebody has opened the debugger. */
  debugged: boolean;
}

/** How late a tick may be before it says that the whole process, and not the main loop alone, stood still. */
const frozenMs = 1_000;

/**
 * A loop that stands still must have had this share of the limit to itself, at work or asleep: more than any turn of ours
 * takes, which would end soon if there were a processor for it, and no more, because a loop that never ends is to be gone
 * within the limit even where ten programs want each processor.
 */
const ownShare = 1 / 10;

/**
 * Decides whether a main loop is hung, from looks at its beat. Time in which the watchdog itself did not run (a frozen
 * container, a suspended machine) does not count, nor does time under a debugger; and a main thread that is only kept
 * waiting for a processor is not hung.
 * @param limitMs without a beat for so long, the loop is hung
 * @param tickMs how often `see` is meant to be called
 * @returns `see`, which says for how long the loop has stood still once it is hung, else 0
 */
export function hangJudge(limitMs: number, tickMs: number): (sight: Sight) => number {
  let last: Sight | null = null;
  let stillMs = 0;
  let ownStillMs = 0;
  return (sight) => {
    if (last === null || sight.beat !== last.beat || sight.debugged) {
      stillMs = 0;
      ownStillMs = 0;
    } else if (sight.nowMs - last.nowMs < tickMs + frozenMs) {
      stillMs += sight.nowMs - last.nowMs;
      ownStillMs += ownMs(last, sight);
    }
    last = sight;
    return stillMs >= limitMs && ownStillMs >= limitMs * ownShare ? stillMs : 0;
  };
}
