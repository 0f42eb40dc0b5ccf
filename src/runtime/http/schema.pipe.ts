import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { invalidParameter, type ParameterFault, Problem } from './problem.js';

type Schema = NonNullable<ArgumentMetadata['schema']>;
type Result = Awaited<ReturnType<Schema['~standard']['validate']>>;
type Issue = NonNullable<Result['issues']>[number];

/** What zod says beyond the standard: names that are not known, and what the author of a check wants accepted. */
interface Told {
  keys?: string[];
  params?: { accepted?: string };
}

const at = (value: unknown, path: PropertyKey[]): unknown =>
  path.reduce((inner: unknown, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);

function fault(issue: Issue & Told, value: unknown, known: string[], parameterName: string): ParameterFault[] {
  const path = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part));
  if (issue.keys) {
    return issue.keys.map((key) => ({
      parameter: [...path, key].map(String).join('.'),
      given: at(value, [...path, key]),
      accepted: known.join(', '),
      detail: 'is not a parameter of this resource',
    }));
  }
  const given = at(value, path);
  return [
    {
      parameter: path.map(String).join('.') || parameterName,
      ...(given !== undefined && { given }),
      ...(issue.params?.accepted !== undefined && { accepted: issue.params.accepted }),
      detail: issue.message,
    },
  ];
}

/** Long values come back shortened: an answer need not be as long as a hostile question. */
function shorten(given: unknown): unknown {
  const text = typeof given === 'string' ? given : JSON.stringify(given);
  return text !== undefined && text.length > 200 ? `${text.slice(0, 200)}…` : given;
}

/**
 * Checks a parameter against the schema of its decorator (`@Query({ schema })`) and hands on what the schema made of it.
 * A schema says what it accepts in `params.accepted` of its issue.
 * @throws Problem of the type invalid-parameter that names each fault
 */
export class SchemaPipe implements PipeTransform {
  async transform(value: unknown, { schema, data }: ArgumentMetadata): Promise<unknown> {
    if (!schema) return value;
    const result = await schema['~standard'].validate(value);
    if (!result.issues) return result.value;
    const known = Object.keys((schema as { shape?: object }).shape ?? {});
    const errors = result.issues
      .flatMap((issue) => fault(issue, value, known, data ?? ''))
      .map((each) => ('given' in each ? { ...each, given: shorten(each.given) } : each));
    const detail = errors.map((each) => `${each.parameter} ${each.detail}`).join('; ');
    throw new Problem(invalidParameter, detail, { errors });
  }
}
