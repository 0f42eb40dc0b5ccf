import type { ServerResponse } from 'node:http';
import { HttpException } from '@nestjs/common';
import { type HealthCheckResult, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { Lifecycle } from '../process/lifecycle.js';
import type { Logger } from '../process/logger.js';
import { healthCheckLimitMs } from '../times.js';
import type { HealthCheck } from './health-check.js';

/**
 * /livez and /readyz, for whoever decides where requests go: the container's health check, a load balancer, the supervisor.
 * Answered at the edge, because neither a prefix nor a version nor a guard of the application may come between.
 */
export class Health {
  /** Of the last look, as it was logged; empty when all was well. */
  #wrong = '';

  constructor(
    private readonly service: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    private readonly lifecycle: Lifecycle,
    private readonly checks: HealthCheck[],
    private readonly log: Logger,
  ) {}

  /** Writes the answer for one of the two paths. */
  async answer(path: string, response: ServerResponse): Promise<void> {
    const { status, body } = path === '/livez' ? this.#live() : await this.#ready();
    if (response.writableEnded || response.destroyed) return;
    const text = JSON.stringify(body);
    response.writeHead(status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
      'Cache-Control': 'no-store',
    });
    response.end(response.req.method === 'HEAD' ? undefined : text);
  }

  /** The process turns: whoever can answer this is alive, whatever else may be wrong. */
  #live() {
    return { status: 200, body: { status: 'ok', uptimeSeconds: Math.round(process.uptime()) } };
  }

  /** Whether this worker can answer requests now: 200 or 503, and each check with its reason. */
  async #ready(): Promise<{ status: number; body: unknown }> {
    const stage: HealthCheck = { name: 'lifecycle', check: async () => this.lifecycle.mustBeReady() };
    const attempts = [stage, ...this.checks].map(
      ({ name, check }) =>
        () =>
          this.indicator.check(name).attempt(check).withTimeout(healthCheckLimitMs),
    );
    try {
      const result = await this.service.check(attempts);
      this.#say({});
      return { status: 200, body: result };
    } catch (error) {
      if (!(error instanceof HttpException)) throw error;
      const result = error.getResponse() as HealthCheckResult;
      this.#say(result.error ?? {});
      return { status: error.getStatus(), body: result };
    }
  }

  /** Tells the log when what is wrong has changed; where the worker stands in its life is there already. */
  #say({ lifecycle: _, ...failed }: NonNullable<HealthCheckResult['error']>): void {
    const wrong = Object.entries(failed).map(([name, each]) => `${name}: ${each?.message ?? 'down'}`);
    const text = wrong.join('; ');
    if (text === this.#wrong) return;
    if (text === '') this.log.info('ready again');
    else this.log.warn({ checks: failed }, `not ready: ${text}`);
    this.#wrong = text;
  }
}
