/** The map of this version is no longer there: an import has made another. */
export class MapGone extends Error {
  override name = 'MapGone';

  constructor() {
    super('There is no map of this version any more; /v1/map names the present one.');
  }
}
