import { expect, it } from '@jest/globals';
import { z } from 'zod';
import type { ParameterFault } from './problem.js';
import { Problem } from './problem.js';
import { SchemaPipe } from './schema.pipe.js';

const length = z.string().transform((text, check) => {
  if (/^\d+km$/.test(text)) return Number.parseInt(text, 10) * 1000;
  check.addIssue({ code: 'custom', message: 'needs a unit', params: { accepted: '15km or 9mi' } });
  return z.NEVER;
});
const schema = z.strictObject({ length, count: z.coerce.number().max(10).optional() });

const faults = async (value: unknown): Promise<ParameterFault[]> => {
  try {
    await new SchemaPipe().transform(value, { type: 'query', schema });
  } catch (error) {
    if (error instanceof Problem) return error.members.errors ?? [];
    throw error;
  }
  throw new Error('nothing was found wrong');
};

it('hands on what the schema made of the value', async () => {
  await expect(new SchemaPipe().transform({ length: '15km' }, { type: 'query', schema })).resolves.toEqual({
    length: 15_000,
  });
});

it('leaves a parameter without a schema alone', async () => {
  await expect(new SchemaPipe().transform('abc', { type: 'param' })).resolves.toBe('abc');
});

it('names each parameter with what was given and what is accepted', async () => {
  await expect(faults({ length: '15', count: '11' })).resolves.toEqual([
    { parameter: 'length', given: '15', accepted: '15km or 9mi', detail: 'needs a unit' },
    { parameter: 'count', given: '11', detail: expect.stringContaining('10') },
  ]);
});

it('names an unknown parameter and lists those that exist', async () => {
  await expect(faults({ length: '15km', lenght: '3' })).resolves.toEqual([
    { parameter: 'lenght', given: '3', accepted: 'length, count', detail: 'is not a parameter of this resource' },
  ]);
});

it('shortens a long value', async () => {
  const [fault] = await faults({ length: '9'.repeat(5_000) });
  expect(fault?.given).toBe(`${'9'.repeat(200)}…`);
});

it('names the parameter of a path when the value itself is wrong', async () => {
  const pipe = new SchemaPipe().transform('x', { type: 'param', data: 'id', schema: z.string().min(3) });
  await expect(pipe).rejects.toMatchObject({ members: { errors: [{ parameter: 'id', given: 'x' }] } });
});
