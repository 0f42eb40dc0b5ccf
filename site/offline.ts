import type { Loop } from './api.js';
import { boxOf } from './geometry.js';
import { measure } from './loops/heights.js';
import type { Tiles } from './map/style.js';

const KEPT = 'kept';
const AT_ONCE = 6;

/** The addresses of all tiles that cover a box, at each zoom of a layer from `from` on. */
export function tilesAround(tiles: Tiles, [west, south, east, north]: number[], from = 8): string[] {
  const column = (lon: number, z: number): number => Math.floor(((lon + 180) / 360) * 2 ** z);
  const row = (lat: number, z: number): number => {
    const angle = (lat * Math.PI) / 180;
    return Math.floor(((1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2) * 2 ** z);
  };
  const layers = tiles.hasElevation ? (['map', 'contour', 'relief'] as const) : (['map'] as const);
  const addresses: string[] = [];
  for (const layer of layers) {
    for (let z = Math.max(from, tiles.zooms[layer].min); z <= tiles.zooms[layer].max; z++) {
      for (let x = column(west!, z); x <= column(east!, z); x++) {
        for (let y = row(north!, z); y <= row(south!, z); y++) {
          const wrapped = ((x % 2 ** z) + 2 ** z) % 2 ** z;
          addresses.push(`${tiles.base}/${layer}/${z}/${wrapped}/${y}`);
        }
      }
    }
  }
  return addresses;
}

/**
 * Keeps the page, a loop and the map around it in this browser, so that its link opens without a network.
 * @param question the address that answers with the loop
 * @param told hears the share that is done, 0 to 1
 * @throws Error where nothing can be kept, or a part does not come
 */
export async function keepOffline(
  loop: Loop,
  question: string,
  tiles: Tiles | null,
  told: (share: number) => void,
): Promise<void> {
  await navigator.serviceWorker.register('/sw.js', { type: 'module' });
  const [west, south, east, north] = boxOf(measure(loop).line);
  // As much around it as a screen shows that is wider or higher than the loop.
  const [marginLon, marginLat] = [0.01 + 0.3 * (east! - west!), 0.01 + 0.3 * (north! - south!)];
  const shell = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && !pathname.startsWith('/v1/'))
    .map(({ pathname }) => pathname);
  const styles = [
    ...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet], link[rel=icon], link[rel=manifest]'),
  ];
  const { self, gpx } = loop.properties.links;
  const addresses = new Set([
    '/',
    ...styles.map(({ href }) => new URL(href).pathname),
    ...shell,
    '/v1/map',
    '/v1/regions',
    question,
    self,
    gpx,
    ...(tiles
      ? tilesAround(tiles, [west! - marginLon, south! - marginLat, east! + marginLon, north! + marginLat])
      : []),
  ]);
  const kept = await caches.open(KEPT);
  const waiting = [...addresses];
  let done = 0;
  const work = async (): Promise<void> => {
    for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
      const response = await fetch(address);
      if (response.ok) await kept.put(address, response);
      else throw new Error(`${address}: ${response.status}`);
      told(++done / addresses.size);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
