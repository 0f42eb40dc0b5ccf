/** One thing that must work before a worker can answer requests. */
export interface HealthCheck {
  /** A word, the key in the answer of /readyz. */
  name: string;
  /** Throws an Error whose message is the reason. */
  check(): Promise<void>;
}
