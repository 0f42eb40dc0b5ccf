/** Why a worker ended. `stop`: somebody asked it to who told the supervisor nothing. */
export type Cause = 'crash' | 'hang' | 'recycle' | 'memory' | 'reload' | 'stop';

/** What is known of a worker that is no longer there. */
export interface Ending {
  /** What it left in writing. */
  word: string | null;
  /** The supervisor was about to remove it, and for this. */
  planned: Cause | undefined;
  /** It took its socket away, as one does that ends in order. */
  orderly: boolean;
  /** What another process is doing to the cluster. */
  underWay: string | null;
}

/** Its own word counts most; an end without a word and in disorder was a kill: by the kernel, or by a person. */
export function causeOf({ word, planned, orderly, underWay }: Ending): Cause {
  if (word === 'hang' || word === 'crash') return word;
  if (planned) return planned;
  if (!orderly) return 'crash';
  return underWay === 'reload' ? 'reload' : 'stop';
}
