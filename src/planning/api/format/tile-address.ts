import { invalidParameter, notFound, type ParameterFault, Problem } from '../../../runtime/door.js';
import type { MapLayer } from '../../map/map-store.js';
import { ZOOMS } from './map-facts.js';

const NUMBERS = ['z', 'x', 'y'] as const;
const LONGEST_SHOWN = 20;

/** @throws Problem */
function refuse(faults: ParameterFault[], type = notFound): never {
  throw new Problem(type, faults.map(({ detail }) => detail).join(' '), { errors: faults });
}

/**
 * What the address of a tile says.
 * @param params as they stand in the path
 * @throws Problem that names what is no number (400), or what no tile can have (404)
 */
export function tileAddress(params: Record<string, string | undefined>): [MapLayer, number, number, number] {
  const { layer = '' } = params;
  if (!Object.hasOwn(ZOOMS, layer)) {
    const accepted = Object.keys(ZOOMS).join(', ');
    const given = layer.slice(0, LONGEST_SHOWN);
    refuse([{ parameter: 'layer', given, accepted, detail: `The map has the layers ${accepted}, and no other.` }]);
  }
  const accepted = 'a whole number';
  const unread = NUMBERS.filter((parameter) => !/^\d{1,7}$/.test(params[parameter] ?? ''));
  if (unread.length > 0) {
    const faults = unread.map((parameter) => ({
      parameter,
      given: params[parameter]?.slice(0, LONGEST_SHOWN),
      accepted,
      detail: `${parameter} is ${accepted}.`,
    }));
    refuse(faults, invalidParameter);
  }
  const [z, x, y] = NUMBERS.map((parameter) => Number(params[parameter])) as [number, number, number];
  const { min, max } = ZOOMS[layer as MapLayer];
  const within = (parameter: string, given: number, least: number, most: number, of: string): ParameterFault[] =>
    given >= least && given <= most
      ? []
      : [
          {
            parameter,
            given: String(given),
            accepted: `${least} to ${most}`,
            detail: `${parameter} is ${least} to ${most} ${of}.`,
          },
        ];
  const wrongZoom = within('z', z, min, max, `in the layer ${layer}`);
  if (wrongZoom.length > 0) refuse(wrongZoom);
  const last = 2 ** z - 1;
  const outside = [...within('x', x, 0, last, `at zoom ${z}`), ...within('y', y, 0, last, `at zoom ${z}`)];
  if (outside.length > 0) refuse(outside);
  return [layer as MapLayer, z, x, y];
}
