import { Presets, SingleBar } from 'cli-progress';

/** A part of the work: what it is called and about how much of the time it takes. */
export interface Stage {
  name: string;
  share: number;
}

interface Output {
  isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Shows how far a command is: on a terminal one bar over all stages with the time left, elsewhere one line a stage.
 * It writes to stderr; what a command answers is on stdout.
 */
export class Progress {
  readonly #stages: Stage[];
  readonly #output: Output;
  readonly #bar: SingleBar | null;
  #current = -1;

  constructor(stages: Stage[], output: Output & NodeJS.WritableStream = process.stderr) {
    const sum = stages.reduce((total, { share }) => total + share, 0);
    this.#stages = stages.map(({ name, share }) => ({ name, share: share / sum }));
    this.#output = output;
    this.#bar = output.isTTY
      ? new SingleBar(
          { format: '{bar} {percentage}% | {stage} | {eta_formatted} left', stream: output, hideCursor: false },
          Presets.shades_classic,
        )
      : null;
  }

  /**
   * Begins the next stage.
   * @param detail what is known of it by now
   */
  next(detail?: string): void {
    const stage = this.#stages[++this.#current];
    if (detail !== undefined) stage.name += ` (${detail})`;
    const { name } = stage;
    if (!this.#bar) this.#output.write(`${name}\n`);
    else if (this.#current === 0) this.#bar.start(1000, 0, { stage: name });
    else this.advance(0);
  }

  /** @param part of the current stage, 0–1 */
  advance(part: number): void {
    if (!this.#bar) return;
    const before = this.#stages.slice(0, this.#current).reduce((sum, { share }) => sum + share, 0);
    const { name, share } = this.#stages[this.#current];
    this.#bar.update(Math.floor(1000 * (before + share * Math.min(1, part))), { stage: name });
  }

  /** Ends the display, after success as after failure. */
  end(): void {
    this.#bar?.stop();
  }
}
