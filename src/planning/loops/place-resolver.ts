import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '../database/connect.js';
import { DATABASE } from '../database/database.module.js';
import type { Edition } from '../database/editions.js';
import type { Location } from '../network/geodesy.js';
import { locationOf } from '../network/region.js';
import { type FoundPlace, isClearlyBest, searchPlaces, suggestNames } from '../places/places.js';
import type { Near } from '../wish/wish.js';
import { UnknownPlace } from './errors.js';
import { editionsAt } from './where.js';

const OTHERS_TOLD = 4;
const SUGGESTIONS = 5;

/** The place that is meant by `near`. */
export interface ResolvedPlace {
  /** null: it was given by its coordinates. */
  name: string | null;
  kind: FoundPlace['kind'] | null;
  at: Location;
  /** Places that the name means as well as likely as this one. */
  others: { name: string; kind: FoundPlace['kind']; at: Location }[];
}

/** Turns names and coordinates into places of the imported regions. */
@Injectable()
export class PlaceResolver {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /**
   * @returns the place, and the regions to look in: the best first, at least one
   * @throws UnknownPlace with suggestions, or OutsideRegions
   */
  async resolve(editions: Edition[], near: Near): Promise<{ place: ResolvedPlace; editions: Edition[] }> {
    if (near.at) {
      const place = { name: null, kind: null, at: near.at, others: [] };
      return { place, editions: editionsAt(editions, near.at, 'near') };
    }
    const ids = editions.map(({ id }) => id);
    const found = await searchPlaces(this.db, ids, near.name, OTHERS_TOLD + 1);
    const [first, ...others] = found;
    if (!first) throw new UnknownPlace(near.name, await suggestNames(this.db, ids, near.name, SUGGESTIONS));
    const brief = (place: FoundPlace) => ({ name: place.name, kind: place.kind, at: locationOf(place) });
    return {
      place: { ...brief(first), others: isClearlyBest(found) ? [] : others.map(brief) },
      editions: editions.filter(({ id }) => id === first.edition),
    };
  }
}
