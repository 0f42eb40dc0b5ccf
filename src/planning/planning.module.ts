import { type DynamicModule, Inject, Module, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { DocsController } from './api/docs/docs.controller.js';
import { LoopsController } from './api/loops.controller.js';
import { MapController } from './api/map.controller.js';
import { PlacesController } from './api/places.controller.js';
import { readOnly } from './api/read-only.js';
import type { Database, DatabaseConfig } from './database/connect.js';
import { DATABASE, DatabaseModule } from './database/database.module.js';
import { RoadStore } from './driving/road-store.js';
import { staysAround } from './loops/days/overnights.js';
import { LoopsService } from './loops/loops.service.js';
import { OriginFinder } from './loops/origins.js';
import { PlaceResolver } from './loops/place-resolver.js';
import { PlannerThreads } from './loops/planner-threads.js';
import { Regions } from './loops/regions.js';
import { TrailheadsService } from './loops/trailheads.service.js';
import { MapStore } from './map/map-store.js';
import { TileStore } from './network/tile-store.js';
import { PlannerPool } from './planner/threads/planner-pool.js';
import { Planning } from './planning.js';
import { PlanningHealth } from './planning-health.js';

/** The part of the configuration that planning runs on. */
export interface PlanningConfig {
  database: DatabaseConfig;
  /** `filename` of the planner threads' program: only where this file does not run from the build, as in tests. */
  planner: { threads: number; queueMax: number; filename?: string };
  tileCacheBytes: number;
  /** Proxies whose word is taken for who asks, in the words of Express. */
  trustedProxies: string[] | false;
}

const TRUSTED_PROXIES = Symbol('trusted proxies');

/** Of the cache's bytes the part for roads; the rest is for trails. */
const ROADS_SHARE = 1 / 4;

/** All that hikers and their websites use. */
@Module({})
export class PlanningModule implements NestModule {
  constructor(
    private readonly adapterHost: HttpAdapterHost,
    @Inject(TRUSTED_PROXIES) private readonly trustedProxies: string[] | false,
  ) {}

  static forRoot(config: PlanningConfig): DynamicModule {
    const { threads } = config.planner;
    return {
      module: PlanningModule,
      imports: [DatabaseModule.forRoot(config.database)],
      controllers: [LoopsController, PlacesController, MapController, DocsController],
      providers: [
        { provide: TRUSTED_PROXIES, useValue: config.trustedProxies },
        Regions,
        PlaceResolver,
        TrailheadsService,
        PlannerThreads,
        PlanningHealth,
        { provide: PlannerPool, useFactory: () => new PlannerPool(config.planner) },
        {
          provide: TileStore,
          inject: [DATABASE],
          useFactory: (db: Database) => new TileStore(db, config.tileCacheBytes * (1 - ROADS_SHARE)),
        },
        {
          provide: RoadStore,
          inject: [DATABASE],
          useFactory: (db: Database) => new RoadStore(db, config.tileCacheBytes * ROADS_SHARE),
        },
        { provide: MapStore, inject: [DATABASE], useFactory: (db: Database) => new MapStore(db) },
        OriginFinder,
        {
          provide: LoopsService,
          inject: [DATABASE, Regions, TileStore, TrailheadsService, OriginFinder, PlannerPool],
          useFactory: (
            db: Database,
            regions: Regions,
            tiles: TileStore,
            trailheads: TrailheadsService,
            origins: OriginFinder,
            planner: PlannerPool,
          ) =>
            new LoopsService(regions, tiles, trailheads, origins, planner, threads, (edition, loops) =>
              staysAround(db, edition, loops),
            ),
        },
        Planning,
      ],
      exports: [Planning, PlanningHealth, PlannerPool],
    };
  }

  // Not a middleware of Nest's, which would match a pattern and wrap a promise for each request.
  configure(): void {
    this.adapterHost.httpAdapter.getInstance().set('trust proxy', this.trustedProxies);
    this.adapterHost.httpAdapter.use(readOnly);
  }
}
