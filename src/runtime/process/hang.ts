/** What the watchdog sees at one of its ticks. */
export interface Sight {
  /** A clock that never goes back, in milliseconds. */
  nowMs: number;
  /** Counts up each time the main loop turns. */
  beat: number;
  /** Somebody has opened the debugger. */
  debugged: boolean;
}

/** How late a tick may be before it says that the whole process, and not the main loop alone, stood still. */
const frozenMs = 1_000;

/**
 * Decides whether a main loop is hung, from looks at its beat. Time in which the watchdog itself did not run (a frozen
 * container, a suspended machine, no processor to be had) does not count, nor does time under a debugger.
 * @param limitMs without a beat for so long, the loop is hung
 * @param tickMs how often `see` is meant to be called
 * @returns `see`, which says for how long the loop has stood still once it is hung, else 0
 */
export function hangJudge(limitMs: number, tickMs: number): (sight: Sight) => number {
  let lastBeat = Number.NaN;
  let lastTickMs = Number.NaN;
  let stillMs = 0;
  return ({ nowMs, beat, debugged }) => {
    const sinceTickMs = nowMs - lastTickMs;
    const frozen = !(sinceTickMs < tickMs + frozenMs);
    stillMs = beat !== lastBeat || frozen || debugged ? 0 : stillMs + sinceTickMs;
    lastBeat = beat;
    lastTickMs = nowMs;
    return stillMs >= limitMs ? stillMs : 0;
  };
}
