/** What a thread is to make a region of. */
export type Job = SampleJob | ExtractJob;

interface SampleJob {
  kind: 'sample';
  /** Whether the region gets a map. */
  withMap: boolean;
}

/** The file is told later, as a message with the number of the open file: while it downloads the thread gets ready. */
export interface ExtractJob {
  kind: 'extract';
  /** What to call the region. */
  name: string;
  /** Where the extract comes from, without credentials. */
  source: string;
  /** Folder with `.hgt` tiles; without it ascents are unknown. */
  elevation: string | undefined;
  /** Whether the region may lose most of what it had. */
  force: boolean;
  /** Whether the region gets a map. */
  withMap: boolean;
}

/** What the thread tells while it works and when it is done; after `tooLate` it waits for an answer. */
export type Report =
  | { tells: 'next' }
  | { tells: 'advance'; part: number }
  | { tells: 'tooLate' }
  | { tells: 'done'; outcome: Outcome }
  | { tells: 'failure'; line: string };

/** One line each for whoever wanted it. */
export interface Outcome {
  region: string;
  /** What of the extract could not be taken as it stood there; null when there was nothing. */
  leftOut: string | null;
}

/** Hears how far a job is. */
export interface Listener {
  /** The next stage begins. */
  next(): void;
  /** @param part of the stage, 0–1 */
  advance(part: number): void;
  /** Nothing may stop the job after this; whoever cannot grant that does not let it return. */
  tooLate(): Promise<void>;
}
