/** A file that is no extract, or not a whole one, or one that only another program can read. The message is one line. */
export class BadExtract extends Error {
  override name = 'BadExtract';
}
