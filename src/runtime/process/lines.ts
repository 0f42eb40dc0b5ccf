/** PIPE_BUF of Linux: what a pipe takes in one piece, so that no other worker's line comes between (pipe(7)). */
const PIECE_BYTES = 4_096;

/**
 * Lines on their way to standard output, which all workers share. A system call for each costs a busy worker more than
 * the line itself, so those that may wait do so until the event loop's turn ends.
 */
export class Lines {
  #waiting = '';
  #bytes = 0;
  readonly #flush = () => this.flush();

  /** @param sink writes before it returns */
  constructor(private readonly sink: { write(text: string): unknown }) {}

  /** Written before this returns, after whatever waits. */
  write(line: string): void {
    this.flush();
    this.sink.write(line);
  }

  /** Written when the event loop's turn ends, or before the next line that does not wait. */
  writeLater(line: string): void {
    const bytes = Buffer.byteLength(line);
    if (this.#bytes + bytes > PIECE_BYTES) this.flush();
    if (this.#bytes === 0) setImmediate(this.#flush);
    this.#waiting += line;
    this.#bytes += bytes;
  }

  flush(): void {
    if (this.#bytes === 0) return;
    const text = this.#waiting;
    this.#waiting = '';
    this.#bytes = 0;
    this.sink.write(text);
  }
}
