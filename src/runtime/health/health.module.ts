import { type DynamicModule, type FactoryProvider, Module, type ModuleMetadata } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthController } from './health.controller.js';
import { HEALTH_CHECKS, type HealthCheck } from './health-check.js';

/** /livez and /readyz. What has to be checked is handed in: this module knows no database. */
@Module({})
export class HealthModule {
  /** @param checks a factory of the checks, with the tokens that it takes from `imports` */
  static withChecks({
    imports = [],
    ...checks
  }: Pick<FactoryProvider<HealthCheck[]>, 'inject' | 'useFactory'> & Pick<ModuleMetadata, 'imports'>): DynamicModule {
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ logger: false }), ...imports],
      controllers: [HealthController],
      providers: [{ provide: HEALTH_CHECKS, ...checks }],
    };
  }
}
