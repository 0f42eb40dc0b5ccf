import type { View } from './address.js';
import type { Loop, Refusal, Region, Trailheads } from './api.js';
import { DEFAULT_WISH, type Wish } from './wish/wish.js';

export interface Nothing {
  reason: string;
  nearest: { lengthMeters: number; ascentMeters: number | null; trailhead: string | null }[];
}

export interface State {
  wish: Wish;
  loops: Loop[];
  /** Index into `loops`, -1: none. */
  chosen: number;
  /** Index into `loops` of what the pointer is on, -1: nothing. */
  hovered: number;
  /** Metres along the chosen loop that profile and map point at, null: none. */
  cursor: number | null;
  status: 'start' | 'loading' | 'found' | 'nothing' | 'refused';
  nothing: Nothing | null;
  refusal: Refusal | null;
  /** Who is to be named for the loops shown. */
  attribution: string;
  regions: Region[] | null;
  trailheads: Trailheads['features'];
  view: View | null;
  /** Why there is no map: none in the data, or no WebGL. */
  mapless: 'no-map' | 'no-webgl' | null;
}

export type Change = Partial<State>;
type Listener = (state: Readonly<State>, changed: ReadonlySet<keyof State>) => void;

/** All that the page knows, in one place: whoever shows a part of it listens. */
export class Store {
  readonly #listeners: Listener[] = [];
  #state: State = {
    wish: DEFAULT_WISH,
    loops: [],
    chosen: -1,
    hovered: -1,
    cursor: null,
    status: 'start',
    nothing: null,
    refusal: null,
    attribution: '',
    regions: null,
    trailheads: [],
    view: null,
    mapless: null,
  };

  get now(): Readonly<State> {
    return this.#state;
  }

  /** Listeners hear of what is different now, in the order in which they came. */
  set(change: Change): void {
    const keys = (Object.keys(change) as (keyof State)[]).filter((key) => this.#state[key] !== change[key]);
    if (keys.length === 0) return;
    this.#state = { ...this.#state, ...change };
    const changed = new Set(keys);
    for (const listener of this.#listeners) listener(this.#state, changed);
  }

  on(keys: (keyof State)[], listener: (state: Readonly<State>, changed: ReadonlySet<keyof State>) => void): void {
    this.#listeners.push((state, changed) => {
      if (keys.some((key) => changed.has(key))) listener(state, changed);
    });
  }
}
