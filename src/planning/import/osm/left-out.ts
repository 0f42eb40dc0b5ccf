/** What could not be taken from an extract as it stood there, how often. */
export interface LeftOut {
  /** Nodes whose coordinates are none. */
  places: number;
  /** Elements that stand in it more than once: the last one counts. */
  doubles: number;
  /** Stretches between two nodes of a way that are farther apart than those of any way. */
  stretches: number;
  /** Times of the file or an element that cannot be. */
  times: number;
  /** Names with control characters, which are taken out. */
  controls: number;
  /** Names that are longer than OpenStreetMap keeps any: the rest is cut off. */
  tooLong: number;
}

export const nothingLeftOut = (): LeftOut => ({
  places: 0,
  doubles: 0,
  stretches: 0,
  times: 0,
  controls: 0,
  tooLong: 0,
});

const some = (count: number, one: string, more: string): string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? one : more}`];

/** One line for whoever imports; null when everything was as it should be. */
export function leftOutLine({ places, doubles, stretches, times, controls, tooLong }: LeftOut): string | null {
  const parts = [
    ...some(places, 'node with impossible coordinates', 'nodes with impossible coordinates'),
    ...some(doubles, 'element that stands in it again', 'elements that stand in it again'),
    ...some(stretches, 'stretch of an impossible length', 'stretches of an impossible length'),
    ...some(times, 'impossible date', 'impossible dates'),
    ...some(controls, 'name’s control characters', 'names’ control characters'),
    ...some(tooLong, 'endless name’s rest', 'endless names’ rests'),
  ];
  return parts.length === 0 ? null : `left out: ${parts.join(', ')}`;
}
