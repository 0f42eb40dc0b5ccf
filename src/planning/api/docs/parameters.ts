import { z } from 'zod';
import { loopsQuery, placesQuery, trailheadsQuery } from '../../wish/loops-query.js';
import { aboutParameter } from '../../wish/read-query.js';
import type { Examples } from './examples.js';
import { loopId } from './loop-feature.js';

type Shape = Record<string, z.ZodType>;

/**
 * @param given an example of some parameters; together they are a request that works
 * @param instead an example of those that go with none of them: only told, since a page fills in what is an `example`
 */
function described(
  query: z.ZodObject,
  given: Record<string, string>,
  instead: Record<string, string> = {},
): z.ZodObject {
  const parameters = Object.entries(query.shape as Shape).map(([name, type]) => {
    const about = aboutParameter(type);
    const description = about.description + (instead[name] === undefined ? '' : ` Such as \`${instead[name]}\`.`);
    const isRequired = !type.safeParse(undefined).success;
    const example = given[name];
    const param = { description, ...(example !== undefined && { example }) };
    // A wrapper, because a schema with a name would lose it to what is said here.
    const shown = isRequired ? z.nonoptional(about.form) : about.form.optional();
    return [name, shown.meta({ param })];
  });
  return z.object(Object.fromEntries(parameters));
}

/** The queries as a client should ask them. */
export const queries = ({ place, point, trailhead }: Examples) => ({
  loops: described(loopsQuery, { near: place, drive: '10km', length: '8km' }, { trailhead, start: point }),
  trailheads: described(trailheadsQuery, { near: place, drive: '20min' }),
  places: described(placesQuery, { q: place.toLowerCase() }),
});

/** The path of one loop. */
export const loopPath = ({ loop }: Examples) =>
  z.object({
    id: loopId.meta({
      param: { description: 'The id of a loop, as /v1/loops gives it.', ...(loop && { example: loop }) },
    }),
  });
