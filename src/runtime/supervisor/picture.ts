import { existsSync } from 'node:fs';
import { clearAway, type Sighting, type Socket, sight, sockets } from './ask-worker.js';
import { type Cause, causeOf } from './cause.js';
import type { Entry } from './pm2.js';

/** What the supervisor knows of the cluster: as of the last look, and counted since its own start. */
export class Picture {
  /** Workers that answered, by slot; of two in one slot the newer. */
  workers: Sighting[] = [];
  /** Slots in which a worker is that does not answer. */
  silent: number[] = [];
  /** PM2's entries; null while PM2 does not answer. */
  entries: Entry[] | null = null;
  readonly ended = new Map<Cause, number>();
  /** Each worker that was ever there and has not been counted as ended, by its socket; its number once it has answered. */
  readonly #known = new Map<string, { socket: Socket; pmId?: number }>();
  readonly #planned = new Map<number, Cause>();
  #looked = false;

  constructor(private readonly directory: string) {}

  /** Says beforehand why a worker is about to be removed. */
  willRemove(pmId: number, cause: Cause): void {
    this.#planned.set(pmId, cause);
  }

  /** The workers that say they are ready. */
  get ready(): Sighting[] {
    return this.workers.filter(({ ready }) => ready);
  }

  /** @param underWay what another process is doing to the cluster, for the count of causes */
  async look(listEntries: () => Promise<Entry[] | null>, underWay: string | null): Promise<void> {
    const found = sockets(this.directory);
    const [seen, entries] = await Promise.all([Promise.all(found.map(sight)), listEntries().catch(() => null)]);
    const bySlot = new Map<number, Sighting>();
    const silent = new Set<number>();
    for (const [i, sighting] of seen.entries()) {
      const socket = found[i];
      // One that ended in order may have taken its socket away since the directory was read.
      if (sighting === 'gone') this.#gone(socket, !existsSync(socket.path), underWay);
      else if (sighting === null) {
        silent.add(socket.slot);
        if (!this.#known.has(socket.path)) this.#known.set(socket.path, { socket });
      } else {
        bySlot.set(socket.slot, sighting);
        this.#known.set(socket.path, { socket, pmId: sighting.pmId });
      }
    }
    const paths = new Set(found.map(({ path }) => path));
    for (const { socket } of this.#known.values()) if (!paths.has(socket.path)) this.#gone(socket, true, underWay);
    this.workers = [...bySlot.values()].sort((a, b) => a.slot - b.slot);
    this.silent = [...silent].filter((slot) => !bySlot.has(slot)).sort((a, b) => a - b);
    this.entries = entries;
    this.#looked = true;
  }

  #gone(socket: Socket, orderly: boolean, underWay: string | null): void {
    const word = clearAway(socket);
    const known = this.#known.get(socket.path);
    // Left behind by workers of another time; later, one that came and went between two looks.
    if (!known && !this.#looked) return;
    const pmId = known?.pmId;
    // Nothing is planned for one that has never said its number.
    const planned = pmId === undefined ? undefined : this.#planned.get(pmId);
    const cause = causeOf({ word, planned, orderly, underWay });
    this.ended.set(cause, (this.ended.get(cause) ?? 0) + 1);
    this.#known.delete(socket.path);
    if (pmId !== undefined) this.#planned.delete(pmId);
  }
}
