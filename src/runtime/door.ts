/**
 * The door of the runtime: all that a program outside of this folder may import, beside `cluster.ts` for what must not load
 * a framework.
 */
export * from './cluster.js';
export type { HealthCheck } from './health/health-check.js';
export { Deadline, Streams } from './http/deadline.js';
export { ClientGone } from './http/edge.js';
export { jsonBody } from './http/json-body.js';
export {
  Draining,
  deadlineExceeded,
  defineProblem,
  explain,
  internalError,
  invalidParameter,
  notFound,
  overloaded,
  type ParameterFault,
  Problem,
  type ProblemType,
  problemTypes,
  unavailable,
} from './http/problem.js';
export { type RequestContext, requestContext, requestSignal } from './http/request-context.js';
export { type Door, door, drainAtStop, watchdog } from './plain.js';
export { LOGGER, type Logger } from './process/logger.js';
export { Metrics } from './process/metrics.js';
export { isTrial } from './process/trial.js';
export { type ApplicationOptions, createApp, type Get, serve } from './serve.js';
