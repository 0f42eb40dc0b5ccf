/** A file that is no extract, or not a whole one, or one that only another program can read. The message is one line. */
export class BadExtract extends Error {
  override name = 'BadExtract';
}

/** A part of a file that is damaged: what is wrong with it, by somebody who does not know where it lies. */
export class BadBlock extends Error {
  override name = 'BadBlock';
}
