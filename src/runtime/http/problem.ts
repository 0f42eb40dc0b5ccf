import { HttpException } from '@nestjs/common';

/** A kind of problem: its slug ends the `type` URI, and the page behind that URI shows the explanation. */
export interface ProblemType {
  slug: string;
  status: number;
  title: string;
  /** What happened and what to do next, for a person who follows the `type` link. */
  explanation: string;
}

const types = new Map<string, ProblemType>();

/** Every kind declared so far, for the documentation page. */
export const problemTypes = (): ProblemType[] => [...types.values()];

/**
 * Declares a kind of problem, once, at the top of the file that throws it.
 * @throws Error when the slug is taken
 */
export function defineProblem(type: ProblemType): ProblemType {
  if (types.has(type.slug)) throw new Error(`the problem ${type.slug} is declared twice`);
  types.set(type.slug, Object.freeze(type));
  return type;
}

/** Says it in the application's words: what a kind means there, and what to do next. */
export function explain(type: ProblemType, explanation: string): void {
  types.set(type.slug, Object.freeze({ ...type, explanation }));
}

/** One thing wrong with one parameter. */
export interface ParameterFault {
  parameter: string;
  given?: unknown;
  accepted?: string;
  detail: string;
}

/**
 * An answer in the form of RFC 9457: thrown anywhere below a controller, written by the problem filter.
 * `members` are extension members of the body; `errors` is the usual one (ParameterFault[], or the messages of a validation).
 */
export class Problem extends HttpException {
  constructor(
    readonly type: ProblemType,
    detail: string,
    readonly members: Record<string, unknown> & { errors?: (ParameterFault | { detail: string })[] } = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(detail, type.status);
  }
}

export const invalidParameter = defineProblem({
  slug: 'invalid-parameter',
  status: 400,
  title: 'A parameter is not understood',
  explanation:
    'A parameter is missing, unknown, given twice, or has a value outside what is accepted. `errors` names each one, what was given and what is accepted.',
});

export const notFound = defineProblem({
  slug: 'not-found',
  status: 404,
  title: 'There is nothing at this address',
  explanation: 'No resource has this path.',
});

export const overloaded = defineProblem({
  slug: 'overloaded',
  status: 503,
  title: 'Too much to do at the moment',
  explanation:
    'The server refused the request at once rather than keep it waiting. Try again after the seconds in `Retry-After`.',
});

export const deadlineExceeded = defineProblem({
  slug: 'deadline-exceeded',
  status: 503,
  title: 'The answer took too long',
  explanation: 'The request was given up at its deadline. Try again, or ask for less.',
});

export const unavailable = defineProblem({
  slug: 'unavailable',
  status: 503,
  title: 'A part that the answer needs cannot be reached',
  explanation:
    'A part that the server depends on does not answer. It recovers by itself; try again after the seconds in `Retry-After`.',
});

export const internalError = defineProblem({
  slug: 'internal-error',
  status: 500,
  title: 'The server made a mistake',
  explanation: 'This is a defect. The request id in the answer finds it in the log.',
});

/** Why the signal of a stream aborted: its worker ends, and whoever reads it has to ask again. */
export class Draining extends Problem {
  constructor() {
    super(unavailable, 'The worker that sent this has ended. Ask again.', {}, { 'Retry-After': '0' });
  }
}
