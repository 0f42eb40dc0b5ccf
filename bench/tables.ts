/** The value below which a share of the values lies; NaN of nothing. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length > 0 ? sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] : Number.NaN;
}

/** p50 / p90 / worst. */
export const spread = (values: number[], digits: number): string =>
  values.length === 0 ? '–' : [0.5, 0.9, 1].map((share) => quantile(values, share).toFixed(digits)).join(' / ');

/** A Markdown table. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Replaces what stands between two marks of a document, or adds it at the end. @param by the command that wrote it */
export function replaceSection(document: string, name: string, body: string, by = 'npm run bench'): string {
  const open = `<!-- ${name}: written by ${by} -->`;
  const close = `<!-- end of ${name} -->`;
  const section = `${open}\n\n${body.trim()}\n\n${close}`;
  const from = document.indexOf(open);
  const to = document.indexOf(close);
  if (from < 0 || to < from) return `${document.trimEnd()}\n\n${section}\n`;
  return document.slice(0, from) + section + document.slice(to + close.length);
}
