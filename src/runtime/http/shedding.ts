/** How busy a worker is, as far as it can tell for nothing. */
export interface Strain {
  /** Requests being answered. */
  inFlight: number;
  /** How late the event loop was at its middle turn of the last second. */
  loopDelayMs: number;
}

export interface ShedLimits {
  inFlightMax: number;
  loopDelayMaxMs: number;
}

/**
 * Whether a request is refused at once: one more would only make all of them late.
 * @returns what there is too much of, or null to let it in
 */
export function tooMuch({ inFlight, loopDelayMs }: Strain, limits: ShedLimits): string | null {
  if (inFlight >= limits.inFlightMax) return `${inFlight} requests are being answered already`;
  if (loopDelayMs > limits.loopDelayMaxMs) return `the server is ${Math.round(loopDelayMs)} ms behind`;
  return null;
}
