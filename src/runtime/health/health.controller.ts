import { Controller, Get, Header, HttpException, Inject, Res } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { Response } from 'express';
import { healthCheckLimitMs } from '../../../timeouts.js';
import { HEALTH_CHECKS, type HealthCheck } from './health-check.js';

/** For whoever decides where requests go: the container's health check, a load balancer, the supervisor. */
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    @Inject(HEALTH_CHECKS) private readonly checks: HealthCheck[],
  ) {}

  /** The process turns: whoever can answer this is alive, whatever else may be wrong. */
  @Get('livez')
  @Header('Cache-Control', 'no-store')
  livez() {
    return { status: 'ok', uptimeSeconds: Math.round(process.uptime()) };
  }

  /** Whether this worker can answer requests now: 200 or 503, and each check with its reason. */
  @Get('readyz')
  @Header('Cache-Control', 'no-store')
  async readyz(@Res({ passthrough: true }) response: Response) {
    const attempts = this.checks.map(
      ({ name, check }) =>
        () =>
          this.indicator.check(name).attempt(check).withTimeout(healthCheckLimitMs),
    );
    try {
      return await this.health.check(attempts);
    } catch (error) {
      if (!(error instanceof HttpException)) throw error;
      response.status(error.getStatus());
      return error.getResponse();
    }
  }
}
