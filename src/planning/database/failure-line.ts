/**
 * What went wrong as one line for a terminal. A refused connection to a name with several addresses is an
 * AggregateError whose own message is empty: its parts then speak.
 */
export function failureLine(error: unknown): string {
  if (error instanceof AggregateError && error.message === '')
    return [...new Set(error.errors.map(failureLine))].join('; ');
  if (!(error instanceof Error)) return oneLine(String(error));
  const code = (error as NodeJS.ErrnoException).code;
  return oneLine(error.message || code || error.name);
}

const oneLine = (text: string): string =>
  text
    .split(/\s*\n\s*/)
    .join(' ')
    .trim();

/** A database's address without its password. */
export const withoutPassword = (url: string): string => url.replace(/^(postgres(?:ql)?:\/\/[^:/@]*):[^@]*@/, '$1:…@');
