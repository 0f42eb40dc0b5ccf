import { NO_ROUTE, NOT_THERE } from './rules.js';
import { condition, type Tags } from './tags.js';

const HIKING = new Set(['hiking', 'foot', 'walking']);
const MISSING = [...NO_ROUTE, ...NOT_THERE].map(({ when }) => condition(when));

/** More than any way has, and a limit for what a file can make of one. */
const MOST_ROUTES_ON_A_WAY = 100;

export const isHikingRoute = (tags: Tags): boolean =>
  (tags.type === 'route' || tags.type === 'superroute') && HIKING.has(tags.route ?? '');

interface Route {
  name: string | null;
  ref: string | null;
  isThere: boolean;
}

/** How far up the parents of a route are asked for a name: a stage, its route, the route that this is part of. */
const MOST_PARENTS = 4;

/**
 * The hiking routes of an extract and what they are called: a stage without a name of its own bears that of the route it
 * is part of (wiki.openstreetmap.org/wiki/Relation:superroute), and a route that is not on the ground names nothing.
 */
export class RouteNames {
  readonly #routes = new Map<number, Route>();
  readonly #parents = new Map<number, number[]>();
  readonly #ways: { route: number; ways: number[] }[] = [];

  /** @param parts ids of the relations in it */
  add(id: number, tags: Tags, ways: number[], parts: number[]): void {
    if (!isHikingRoute(tags)) return;
    const isThere = !MISSING.some((holds) => holds(tags));
    this.#routes.set(id, { name: tags.name ?? null, ref: tags.ref ?? null, isThere });
    for (const part of parts) this.#parents.set(part, [...(this.#parents.get(part) ?? []), id]);
    if (isThere && ways.length > 0) this.#ways.push({ route: id, ways });
  }

  /** Once all relations are known. @returns by way the names of the routes along it, none twice */
  byWay(): Map<number, string[]> {
    const found = new Map<number, string[]>();
    for (const { route, ways } of this.#ways) {
      const name = this.#said(route, 'name', MOST_PARENTS) ?? this.#said(route, 'ref', MOST_PARENTS);
      if (name === null) continue;
      for (const way of ways) {
        const names = found.get(way);
        if (!names) found.set(way, [name]);
        else if (names.length < MOST_ROUTES_ON_A_WAY && !names.includes(name)) names.push(name);
      }
    }
    return found;
  }

  #said(id: number, key: 'name' | 'ref', left: number): string | null {
    const route = this.#routes.get(id);
    if (!route?.isThere || left === 0) return null;
    if (route[key] !== null) return route[key];
    for (const parent of this.#parents.get(id) ?? []) {
      const said = this.#said(parent, key, left - 1);
      if (said !== null) return said;
    }
    return null;
  }
}
