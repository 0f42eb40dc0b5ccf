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

const oneLine = (text: string): string => printable(text.split(/\s*\n\s*/).join(' ')).trim();

/** What a terminal takes for commands, and marks that turn text round. */
const CONTROLS = /[\p{Cc}\p{Bidi_Control}]/gu;

/** Text that others wrote, as a terminal may show it: without control characters. */
export const printable = (text: string): string => text.replace(CONTROLS, '');

/** A database's address without its password. */
export const withoutPassword = (url: string): string => url.replace(/^(postgres(?:ql)?:\/\/[^:/@]*):[^@]*@/, '$1:…@');
