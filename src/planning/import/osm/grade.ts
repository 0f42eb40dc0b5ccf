import { AT_LEAST, SAC_WORDS } from './rules.js';
import { condition, type Tags } from './tags.js';

const LEAST = AT_LEAST.map(({ when, grade }) => ({ holds: condition(when), grade }));

/** The hardest grade that a `sac_scale` names, in words, as `T3` or as `3`, alone or in a list; 0 when it names none. */
export function sacGrade(value: string | undefined): number {
  if (value === undefined) return 0;
  let hardest = 0;
  for (const part of value.toLowerCase().split(/[;,/|]|\s-\s|\bto\b|\band\b/)) {
    const word = part.trim().replace(/[\s-]+/g, '_');
    for (const [, digit] of part.matchAll(/\bt\s?([1-6])/g)) hardest = Math.max(hardest, Number(digit));
    if (/^[1-6]$/.test(word)) hardest = Math.max(hardest, Number(word));
    hardest = Math.max(hardest, SAC_WORDS[word.replace(/^t[1-6]_+|_*\(?t[1-6]\)?$/g, '')] ?? 0);
  }
  return hardest;
}

/** T number of the SAC hiking scale, from `sac_scale` and from what tells of danger; 0 when nothing is known. */
export function gradeOf(tags: Tags): number {
  let grade = sacGrade(tags.sac_scale);
  for (const least of LEAST) if (least.grade > grade && least.holds(tags)) grade = least.grade;
  return grade;
}
