import { ask, askLoop, askLoops, askRegions, askTrailheads, type Loop, type Places, Refusal } from './api.js';
import type { Store } from './state.js';
import { pointText, question, type Start } from './wish/wish.js';

const PAUSE_MS = 250;

/** Asks for what the wish says; of several questions only the last is ever answered. */
export class Finder {
  #asked: AbortController | null = null;
  #timer = 0;
  /** The address of the last question. */
  path = '';

  constructor(private readonly store: Store) {}

  /** After a pause, so that a slider on its way asks once. */
  later(go: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(go, PAUSE_MS);
  }

  /** @param wanted id of a loop that should be among the answers and chosen: that of a shared link */
  async find(wanted: string | null): Promise<void> {
    clearTimeout(this.#timer);
    this.#asked?.abort();
    const { wish } = this.store.now;
    const query = question(wish);
    if (!query) {
      this.store.set({ status: 'start', loops: [], chosen: -1, trailheads: [], nothing: null, refusal: null });
      return;
    }
    const asked = new AbortController();
    this.#asked = asked;
    this.path = `/v1/loops?${query}`;
    this.store.set({ status: 'loading' });
    void this.#trailheads(asked.signal);
    try {
      const answer = await askLoops(query, asked.signal);
      const loops = answer.features as Loop[];
      const { why, nearest, attribution } = answer;
      if (wanted && !loops.some(({ id }) => id === wanted)) {
        const one = await askLoop(wanted, asked.signal).catch(() => null);
        if (one) loops.unshift(one as Loop);
      }
      const chosen =
        loops.length === 0
          ? -1
          : Math.max(
              0,
              loops.findIndex(({ id }) => id === wanted),
            );
      this.store.set({
        status: loops.length > 0 ? 'found' : 'nothing',
        loops,
        chosen,
        hovered: -1,
        cursor: null,
        attribution,
        nothing: why ? { reason: why.reason, nearest: nearest ?? [] } : null,
        refusal: null,
      });
    } catch (error) {
      if (asked.signal.aborted) return;
      const refusal = error instanceof Refusal ? error : new Refusal('unreachable', String(error));
      this.store.set({ status: 'refused', refusal, loops: [], chosen: -1, cursor: null });
    }
  }

  /** The places to start within the drive, as dots on the map. */
  async #trailheads(signal: AbortSignal): Promise<void> {
    const { start, drive } = this.store.now.wish;
    if (start?.kind !== 'point' || drive === 0) {
      if (start?.kind !== 'trailhead') this.store.set({ trailheads: [] });
      return;
    }
    const answer = await askTrailheads(pointText(start), drive, signal).catch(() => null);
    if (answer) this.store.set({ trailheads: answer.features });
  }

  /** A place to begin with for who has none in mind: one that many live in, in the first region. */
  async example(): Promise<Start | null> {
    const regions = this.store.now.regions ?? (await askRegions()).regions;
    const region = regions[0];
    if (!region) return null;
    const [west, south, east, north] = region.bbox as [number, number, number, number];
    const middle = `${(south + north) / 2},${(west + (east < west ? east + 360 : east)) / 2}`;
    const found = await ask<Places>(`/v1/trailheads?near=${middle}&drive=60min`).catch(() => null);
    const feature = found?.features.find(({ properties }) => properties.name) ?? found?.features[0];
    if (!feature) return null;
    const [lon, lat] = feature.geometry.coordinates as [number, number];
    return { kind: 'trailhead', id: feature.id, lat, lon, name: feature.properties.name };
  }
}
