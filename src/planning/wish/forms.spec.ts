import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { readCoordinates } from './coordinates.js';
import { ascentForm, driveForm, lengthForm, lengthSpanForm, pointForm } from './forms.js';
import { loopsQuery, placesQuery, trailheadsQuery } from './loops-query.js';
import { BadValue, readAscent, readDrive, readLength, readLengths } from './quantities.js';
import { aboutParameter } from './read-query.js';

/** A form as the document shows it, under its name or without one. */
function shown(form: z.ZodType): { type?: string; pattern?: string } {
  const { $defs, ...own } = z.toJSONSchema(form) as { $defs?: Record<string, object> };
  return $defs ? Object.values($defs)[0]! : own;
}

describe('the form of a quantity', () => {
  test.each<[string, z.ZodString, (text: string) => unknown]>([
    ['length', lengthForm, readLength],
    ['span of lengths', lengthSpanForm, readLengths],
    ['ascent', ascentForm, readAscent],
    ['drive', driveForm, readDrive],
    ['point', pointForm, readCoordinates],
  ])('is what is read as a %s, bounds and order aside', (_, form, read) => {
    const { pattern } = shown(form);
    fc.assert(
      fc.property(fc.stringMatching(new RegExp(pattern!)), (text) => {
        try {
          read(text);
        } catch (error) {
          expect(error).toBeInstanceOf(BadValue);
          expect((error as Error).message).toMatch(/outside|ends before it begins|swapped/);
        }
      }),
    );
  });
});

test.each([
  ['loops', loopsQuery],
  ['trailheads', trailheadsQuery],
  ['places', placesQuery],
])('each example of a parameter of %s has the form that is told', (_, query) => {
  for (const [name, type] of Object.entries(query.shape)) {
    const { form, examples } = aboutParameter(type);
    const isNumber = shown(form).type === 'integer';
    for (const example of examples) {
      expect([name, example, form.safeParse(isNumber ? Number(example) : example).success]).toEqual([
        name,
        example,
        true,
      ]);
    }
  }
});
