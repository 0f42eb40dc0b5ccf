import type { Loop } from './api.js';
import { el } from './dom.js';
import { boxOf } from './geometry.js';
import { measure } from './loops/heights.js';
import { profileDrawing } from './loops/profile.js';
import { qrDrawing } from './loops/share.js';
import { titleOf } from './loops/title.js';
import type { View } from './map/view.js';
import { say, settings } from './settings.js';
import { hoursOf, Writer } from './units.js';

/** The printed map, in CSS pixels: A4 between its margins; three pixels each for the printer. */
const SIZE = { width: 700, height: 640, ratio: 3 };

/** The map of one loop as a picture, as large as the paper takes, whatever the screen shows. */
async function picture(view: View, loop: Loop): Promise<{ image: string; metersAPixel: number }> {
  const { map } = view;
  const box = map.getContainer();
  const [center, zoom, ratio] = [map.getCenter(), map.getZoom(), map.getPixelRatio()];
  Object.assign(box.style, { width: `${SIZE.width}px`, height: `${SIZE.height}px` });
  map.setPixelRatio(SIZE.ratio);
  map.resize();
  map.fitBounds(boxOf(measure(loop).line), { padding: 36, animate: false });
  try {
    await new Promise<void>((resolve) => {
      map.once('idle', () => resolve());
      map.triggerRepaint();
    });
    // A canvas keeps its picture for the frame that drew it and no longer.
    map.redraw();
    const image = map.getCanvas().toDataURL('image/jpeg', 0.92);
    const metersAPixel =
      (40_075_016.686 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / (512 * 2 ** map.getZoom());
    return { image, metersAPixel };
  } finally {
    box.removeAttribute('style');
    map.setPixelRatio(ratio);
    map.resize();
    map.jumpTo({ center, zoom });
  }
}

function scaleBar(metersAPixel: number, write: Writer): HTMLElement {
  const bar = el('div', { class: 'bar' });
  const meters = [100, 200, 500, 1_000, 2_000, 5_000, 10_000].findLast((one) => one / metersAPixel < 170) ?? 100;
  bar.style.width = `${((meters / metersAPixel) * 100) / SIZE.width}%`;
  bar.append(el('span', { text: write.distance(meters, meters < 1_000 ? 1 : 0) }));
  return bar;
}

/** Lays one A4 page with map, profile, figures, scale, QR code and names of who made the data, and prints it. */
export async function printLoop(sheet: HTMLElement, view: View | null, loop: Loop, attribution: string): Promise<void> {
  const write = new Writer(settings.language, settings.units);
  const { properties } = loop;
  const drawn = view && (await picture(view, loop));
  const facts = [write.distance(properties.lengthMeters)];
  if (properties.ascentMeters !== null) facts.push(`↗ ${write.climb(properties.ascentMeters)}`);
  const time = say('hours', hoursOf(properties.durationSeconds));
  facts.push(properties.unknownHeightMeters > 0 ? say('atLeast', { value: time }) : time);
  if (properties.difficulty) facts.push(properties.difficulty);
  const names = (properties.passes ?? []).map(({ name }) => name).filter((name) => name !== null);
  const map = el('div', { class: 'paper-map' });
  if (drawn) {
    const image = el('img', { src: drawn.image, alt: '' });
    await image.decode();
    map.append(image, scaleBar(drawn.metersAPixel, write));
  }
  const link = new URL(properties.links.gpx, location.href).href;
  sheet.replaceChildren(
    el(
      'header',
      {},
      el('div', {}, el('h1', { text: titleOf(loop, write) }), el('p', { class: 'figures', text: facts.join('  ·  ') })),
      el('div', { class: 'code' }, qrDrawing(link), el('span', { text: 'GPX' })),
    ),
    map,
    measure(loop).heights ? profileDrawing(loop, write, true) : el('p', { text: say('noHeights') }),
    el('p', { class: 'names', text: names.length > 0 ? `${say('passes')}: ${[...new Set(names)].join(' · ')}` : '' }),
    el('footer', { text: `Loopwright · ${attribution}` }),
  );
  window.print();
}
