import { Inject, Injectable } from '@nestjs/common';
import type { Database } from './database/connect.js';
import { DATABASE } from './database/database.module.js';
import type { Edition } from './database/editions.js';
import type { Answer, FoundLoop } from './loops/answer.js';
import { LoopsService } from './loops/loops.service.js';
import { Regions } from './loops/regions.js';
import { SharedWork } from './loops/shared-work.js';
import { steadily } from './loops/steadily.js';
import { type TrailheadsAround, TrailheadsService } from './loops/trailheads.service.js';
import { MapGone } from './map/map-gone.js';
import { type MapLayer, type MapState, MapStore } from './map/map-store.js';
import { type FoundPlace, searchPlaces } from './places/places.js';
import type { Asker } from './planner/threads/fair-queue.js';
import type { PlacesWish } from './wish/read-wish.js';
import type { DriveWish, Wish } from './wish/wish.js';

/**
 * What planning can be asked, whoever asks. Every call begins again by itself when an import replaces what it reads, and
 * while the database restarts; none changes anything. `signalOf` gives the signal that ends a call which nobody waits for
 * any more: it is asked late, since a signal costs more than most reads.
 */
@Injectable()
export class Planning {
  readonly #answers = new SharedWork<Answer>();

  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly found: Regions,
    private readonly trailheadsAround: TrailheadsService,
    private readonly planned: LoopsService,
    private readonly maps: MapStore,
  ) {}

  /**
   * Loops that fit a wish; who asks for the same at the same time gets the same answer.
   * @param asker by whom planning is shared fairly
   * @throws UnknownPlace, OutsideRegions, UnknownTrailhead, NoRoadNear, NoTrailNear, NoElevation when the wish cannot be
   * had here; PlannersBusy; the signal's reason
   */
  loops(wish: Wish, signalOf: () => AbortSignal, asker: Asker): Promise<Answer> {
    // A wish is plain data, its members always in the same order.
    return this.#answers.ask(JSON.stringify(wish), signalOf(), (signal) =>
      steadily(
        () => signal,
        this.found,
        () => this.planned.find(wish, signal, asker),
      ),
    );
  }

  /**
   * The loop of an id.
   * @throws MalformedLoopId; LoopGone; PlannersBusy; the signal's reason
   */
  loop(id: string, signalOf: () => AbortSignal, asker: Asker): Promise<{ edition: Edition; found: FoundLoop }> {
    const signal = signalOf();
    return steadily(
      () => signal,
      this.found,
      () => this.planned.byId(id, signal, asker),
    );
  }

  /** The trailheads within a drive. @throws UnknownPlace, OutsideRegions, NoRoadNear; the signal's reason */
  trailheads(wish: DriveWish, signalOf: () => AbortSignal): Promise<TrailheadsAround> {
    return steadily(signalOf, this.found, () => this.trailheadsAround.around(wish));
  }

  /** The places that a name may mean, best first, and the regions they lie in. @throws the signal's reason */
  places(
    { beginning, count }: PlacesWish,
    signalOf: () => AbortSignal,
  ): Promise<{ places: FoundPlace[]; editions: Edition[] }> {
    return steadily(signalOf, this.found, async () => {
      const editions = await this.found.current();
      const ids = editions.map(({ id }) => id);
      return { places: await searchPlaces(this.db, ids, beginning, count), editions };
    });
  }

  /** By name; the same array until the database is asked again. @throws the signal's reason */
  regions(signalOf: () => AbortSignal): Promise<Edition[]> {
    return steadily(signalOf, this.found, () => this.found.current());
  }

  /** Which map there is. @throws the signal's reason */
  map(signalOf: () => AbortSignal): Promise<MapState> {
    return steadily(signalOf, this.found, async () => this.maps.state(await this.found.current()));
  }

  /**
   * A tile of the map.
   * @param version as `map` names it
   * @returns null when there is nothing in it
   * @throws MapGone when there is another map by now; the signal's reason
   */
  mapTile(
    version: string,
    [layer, z, x, y]: [layer: MapLayer, z: number, x: number, y: number],
    signalOf: () => AbortSignal,
  ): Promise<Uint8Array | null> {
    return steadily(signalOf, this.found, async () => {
      let state = await this.maps.state(await this.found.current());
      if (state.version !== version) {
        // Another worker may have seen an import before this one did.
        this.found.forget();
        state = await this.maps.state(await this.found.current());
      }
      if (state.version !== version) throw new MapGone();
      return this.maps.tile(state, layer, z, x, y);
    });
  }
}
