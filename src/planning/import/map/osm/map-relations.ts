import type { Relation } from '../../pbf/relations.js';
import type { Tags } from '../../pbf/tags.js';
import { areaOf } from './area-rules.js';
import type { Drawing } from './drawing.js';
import type { Routes } from './line-rules.js';
import { pointOf } from './point-rules.js';

/** An area made of several ways, and what stands in its middle. */
export interface AreaRelation {
  id: number;
  area: Drawing | null;
  point: Drawing | null;
  outer: number[];
  inner: number[];
}

const HIKING = new Set(['hiking', 'foot', 'walking']);
const NETS = ['iwn', 'nwn', 'rwn', 'lwn'];
/** More than any way has, and a limit for what a file can make of one. */
const MOST_ROUTES_ON_A_WAY = 20;
/** Quarters and the like: on a map for walkers they would be but lines without a meaning. */
const LAST_LEVEL = 8;

/** What relations say of the ways in them, relation by relation; of one that comes again the last counts. */
export class MapRelations {
  readonly #areas = new Map<number, AreaRelation>();
  readonly #routes = new Map<number, { net: number; name: string | null; ways: number[] }>();
  readonly #borders = new Map<number, { level: number; ways: number[] }>();
  /** Ways without which an area would have no shape. */
  readonly parts = new Set<number>();
  /** By way. */
  readonly routes = new Map<number, Routes>();
  /** By way: the level of the greatest country, province or community that ends there. */
  readonly levels = new Map<number, number>();

  /** @returns whether anything of it is kept */
  add(relation: Relation): boolean {
    const { id, tags, visible } = relation;
    for (const kept of [this.#areas, this.#routes, this.#borders]) kept.delete(id);
    if (!visible || !tags || relation.outerWays.length === 0) return false;
    const isArea = tags.type === 'multipolygon' || tags.type === 'boundary';
    if (tags.type === 'route' && HIKING.has(tags.route ?? '')) this.#addRoute(relation, tags);
    else if (isArea) this.#addArea(relation, tags);
    return this.#areas.has(id) || this.#routes.has(id) || this.#borders.has(id);
  }

  #addRoute({ id, outerWays }: Relation, tags: Tags): void {
    const net = NETS.indexOf(tags.network ?? '') + 1 || NETS.length;
    this.#routes.set(id, { net, name: tags.name ?? tags.ref ?? null, ways: outerWays });
  }

  #addArea({ id, outerWays, innerWays }: Relation, tags: Tags): void {
    const level = Number(tags.admin_level);
    if (tags.boundary === 'administrative' && level >= 2 && level <= LAST_LEVEL) {
      this.#borders.set(id, { level, ways: outerWays });
    }
    const area = areaOf(tags);
    const point = pointOf(tags);
    // A settlement has a node of its own.
    const sight = point?.layer === 'poi' ? point : null;
    if (area || sight) {
      this.#areas.set(id, { id, area, point: sight, outer: [...new Set(outerWays)], inner: [...new Set(innerWays)] });
    }
  }

  /** All relations are known: from now on it is what they say of ways. */
  end(): void {
    for (const { outer, inner } of this.#areas.values()) {
      for (const way of outer) this.parts.add(way);
      for (const way of inner) this.parts.add(way);
    }
    for (const { net, name, ways } of this.#routes.values()) {
      for (const way of ways) {
        const known = this.routes.get(way) ?? { net, names: [] };
        known.net = Math.min(known.net, net);
        if (name !== null && known.names.length < MOST_ROUTES_ON_A_WAY && !known.names.includes(name)) {
          known.names.push(name);
        }
        this.routes.set(way, known);
      }
    }
    for (const { level, ways } of this.#borders.values()) {
      for (const way of ways) this.levels.set(way, Math.min(level, this.levels.get(way) ?? LAST_LEVEL));
    }
  }

  get areas(): Iterable<AreaRelation> {
    return this.#areas.values();
  }
}
