import { AT_LEAST, SAC_WORDS } from './rules.js';
import { condition, type Tags } from './tags.js';

const LEAST = AT_LEAST.map(({ when, grade }) => ({ holds: condition(when), grade }));

/** Words without what people put between and around them. */
const letters = (text: string): string => text.replace(/[^a-z]/g, '');
const BY_LETTERS = new Map(Object.entries(SAC_WORDS).map(([word, grade]) => [letters(word), grade]));

/** The grade of words, or the hardest of several with nothing but a space or a dash between them. */
function gradeOfWords(text: string): number {
  const whole = BY_LETTERS.get(letters(text));
  if (whole !== undefined) return whole;
  const grades = text.split(/[\s–-]+/).flatMap((word) => (letters(word) === '' ? [] : BY_LETTERS.get(letters(word))));
  // One word of them that is not known may be what makes it hard.
  return grades.every((grade) => grade !== undefined) ? Math.max(0, ...grades) : 0;
}

/** `T3`, or from one to another (`T2-3`). */
const GRADES = /(?<![a-z\d])t\s?([1-6])(?:\s?[-–]\s?t?\s?([1-6]))?(?!\d)/g;
const DIGITS = /^\s*([1-6])(?:\s?[-–]\s?([1-6]))?\s*-?\s*$/;

/** The hardest grade that a `sac_scale` names, in words, as `T3` or as `3`, alone or in a list; 0 when it names none. */
export function sacGrade(value: string | undefined): number {
  if (value === undefined) return 0;
  let hardest = 0;
  for (const part of value.toLowerCase().split(/[;,/|&+()]|\s[-–]\s|\b(?:to|and|or)\b/)) {
    const digits = DIGITS.exec(part);
    for (const [, from, to] of digits ? [digits] : part.matchAll(GRADES)) {
      hardest = Math.max(hardest, Number(from), Number(to ?? 0));
    }
    hardest = Math.max(hardest, gradeOfWords(part.replace(GRADES, ' ')));
  }
  return hardest;
}

/** T number that follows from what tells of danger; 0 when nothing does. */
export function leastGrade(tags: Tags): number {
  let grade = 0;
  for (const least of LEAST) if (least.grade > grade && least.holds(tags)) grade = least.grade;
  return grade;
}

/** T number of the SAC hiking scale, from `sac_scale` and from what tells of danger; 0 when nothing is known. */
export const gradeOf = (tags: Tags): number => Math.max(sacGrade(tags.sac_scale), leastGrade(tags));
