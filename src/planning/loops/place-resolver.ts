import { Inject, Injectable } from '@nestjs/common';
import { Problem } from '../../runtime/door.js';
import type { Database } from '../database/connect.js';
import { DATABASE } from '../database/database.module.js';
import type { Edition } from '../database/editions.js';
import type { Location } from '../network/geodesy.js';
import { locationOf } from '../network/region.js';
import { type FoundPlace, isClearlyBest, searchPlaces, suggestNames } from '../places/places.js';
import { roundedLocation } from './format/rounding.js';
import { unknownPlace } from './problems.js';
import type { Near } from './query/loops-query.js';
import { editionsAt } from './where.js';

const OTHERS_TOLD = 4;
const SUGGESTIONS = 5;

/** The place that a request means by `near`. */
export interface TakenPlace {
  at: Location;
  /** Regions to look in, best first; at least one. */
  editions: Edition[];
  /** What the answer says of it. */
  told: {
    name: string | null;
    kind: string | null;
    location: Location;
    /** Set when the name means other places as well as likely as this one. */
    others?: { name: string; kind: string; location: Location }[];
  };
}

/** Turns names and coordinates into places of the imported regions. */
@Injectable()
export class PlaceResolver {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /** @throws Problem unknown-place with suggestions, or outside-regions */
  async resolve(editions: Edition[], near: Near): Promise<TakenPlace> {
    if (near.at) {
      return {
        at: near.at,
        editions: editionsAt(editions, near.at, 'near'),
        told: { name: null, kind: null, location: roundedLocation(near.at) },
      };
    }
    const ids = editions.map(({ id }) => id);
    const found = await searchPlaces(this.db, ids, near.name, OTHERS_TOLD + 1);
    const [place] = found;
    if (!place) throw await this.#unknown(ids, near.name);
    const at = locationOf(place);
    const brief = ({ name, kind, ...where }: FoundPlace) => ({
      name,
      kind,
      location: roundedLocation(locationOf(where)),
    });
    return {
      at,
      editions: editions.filter(({ id }) => id === place.edition),
      told: { ...brief(place), ...(!isClearlyBest(found) && { others: found.slice(1).map(brief) }) },
    };
  }

  async #unknown(editions: number[], name: string): Promise<Problem> {
    const suggestions = await suggestNames(this.db, editions, name, SUGGESTIONS);
    const detail =
      suggestions.length > 0
        ? `There is no place called ${name}. Did you mean ${suggestions.join(' or ')}?`
        : `There is no place called ${name}. Coordinates work everywhere: near=LAT,LON.`;
    return new Problem(unknownPlace, detail, {
      suggestions,
      errors: [{ parameter: 'near', given: name, accepted: 'the name of a place, or LAT,LON', detail }],
    });
  }
}
