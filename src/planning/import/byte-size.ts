const UNITS: Record<string, number> = { '': 1, B: 1 };
for (const [i, letter] of ['K', 'M', 'G', 'T'].entries()) {
  UNITS[letter] = UNITS[`${letter}B`] = 1_000 ** (i + 1);
  UNITS[`${letter}IB`] = 1_024 ** (i + 1);
}

/**
 * A size as people write it: `500MB`, `1.5 GiB`, `100000`.
 * @returns bytes; null when it is no size
 */
export function readByteSize(text: string): number | null {
  const found = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(text.trim());
  const unit = found && UNITS[found[2].toUpperCase()];
  const bytes = found && unit ? Math.floor(Number(found[1]) * unit) : 0;
  return bytes > 0 && Number.isSafeInteger(bytes) ? bytes : null;
}

/** The same the other way round, with two digits that count. */
export function writeByteSize(bytes: number): string {
  const steps = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let step = 0;
  for (; value >= 999.5 && step < steps.length - 1; step++) value /= 1_000;
  return `${step === 0 || value >= 9.95 ? Math.round(value) : value.toFixed(1)} ${steps[step]}`;
}
