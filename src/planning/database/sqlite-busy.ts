const SQLITE_BUSY = 5;

/** Each try waits for the busy timeout of the connection (5 s): ten minutes in all, longer than any import writes. */
const TRIES = 120;

const isBusy = (error: unknown): boolean => (error as { errcode?: number } | null)?.errcode === SQLITE_BUSY;

/**
 * Tries again while another process writes a SQLite file; PostgreSQL waits by itself.
 * @param work all of a transaction, so that it can be done again from its beginning
 * @throws what `work` throws, and an Error when the file stays locked for ten minutes
 */
export async function waitingForWriter<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (tries === TRIES) throw new Error('the database has been locked for ten minutes by another writer');
    }
  }
}
