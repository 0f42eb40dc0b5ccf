import './fonts.css';
import 'maplibre-gl/dist/maplibre-gl.css';
import {
  AttributionControl,
  Map as Canvas,
  type LngLatBoundsLike,
  type MapMouseEvent,
  Marker,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { el, sign } from '../dom.js';
import { at, boxOf, moved, nearestOn } from '../geometry.js';
import { measure } from '../loops/heights.js';
import { isDark, onSettings, say, settings } from '../settings.js';
import type { State, Store } from '../state.js';
import { around, type Box, unrolled } from './boxes.js';
import { drawIcon } from './icons.js';
import { drawLoops, drawTrailheads, layLoops } from './loop-lines.js';
import { dark, light } from './palette.js';
import { mapStyle, type Tiles } from './style.js';

setWorkerUrl(workerUrl);

export interface ViewEvents {
  /** The visitor pointed somewhere to start from. */
  start(lat: number, lon: number): void;
  trailhead(id: string, name: string | null, lat: number, lon: number): void;
  choose(index: number): void;
  hover(index: number): void;
  cursor(meters: number | null): void;
  view(view: { zoom: number; lat: number; lon: number }): void;
  /** Tiles may no longer be where they were; MapLibre says nothing of those that are gone. */
  stale(): void;
  /** Which part of the map nothing lies over. */
  padding(): { top: number; right: number; bottom: number; left: number };
}

const PIN =
  'M12 1.500C7.300 1.500 3.500 5.200 3.500 9.900 3.500 16 12 23 12 23s8.500-7 8.500-13.100c0-4.700-3.800-8.400-8.500-8.400zM12 6.700a3.200 3.200 0 1 1 0 6.400a3.200 3.200 0 0 1 0-6.400z';
const STEP_METERS = 50;
/** So long after an import the tiles that are not at hand may be missing. */
const ASK_AGAIN_MS = 30_000;
/** A line is hit within this many pixels. */
const NEAR_PIXELS = 14;

export type View = ReturnType<typeof createView>;

/** The map. @throws Error where there is no WebGL */
export function createView(
  root: HTMLElement,
  store: Store,
  given: Tiles | null,
  attribution: string,
  events: ViewEvents,
) {
  let tiles = given;
  const palette = () => (isDark() ? dark : light);
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const { view, regions } = store.now;
  const whole = (): Box => around(tiles?.boxes ?? regionBoxes(store.now));
  const box = whole();
  const [w, s, e, n] = box;
  const [padX, padY] = [(e - w) * 0.75 + 0.1, (n - s) * 0.75 + 0.1];
  const map = new Canvas({
    container: root,
    style: mapStyle(palette(), tiles),
    minZoom: 6,
    maxZoom: 18,
    maxBounds: [w - padX, Math.max(-84, s - padY), e + padX, Math.min(84, n + padY)],
    ...(view ? { center: [view.lon, view.lat] as [number, number], zoom: view.zoom } : { bounds: box }),
    fadeDuration: still ? 0 : 200,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: false,
    cooperativeGestures: false,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.setMissingStyleImageResolver(async (id) => {
    const picture = drawIcon(id, palette(), Math.min(3, Math.max(2, devicePixelRatio)));
    if (picture && !map.hasImage(id))
      map.addImage(id, picture.data, { pixelRatio: picture.pixelRatio, ...picture.stretch });
  });
  const named = new AttributionControl({ compact: true, customAttribution: attribution });
  if (root.clientWidth >= 768) map.addControl(named, 'bottom-right');
  const scale = new ScaleControl({ maxWidth: 110, unit: settings.units });
  map.addControl(scale, 'bottom-right');

  const button = (word: 'zoomIn' | 'zoomOut', path: string, click: () => void) =>
    el('button', { type: 'button', 'data-label': word, 'aria-label': say(word), title: say(word), click }, sign(path));
  root.append(
    el(
      'div',
      { id: 'zoom' },
      button('zoomIn', 'M12 5v14M5 12h14', () => map.zoomIn()),
      button('zoomOut', 'M5 12h14', () => map.zoomOut()),
    ),
  );

  const pin = startPin();
  const dot = new Marker({ element: el('div', { class: 'dot', 'aria-hidden': 'true' }) });
  let dressed = false;

  function startPin(): Marker {
    const element = el(
      'button',
      { type: 'button', class: 'pin', keydown: (event: KeyboardEvent) => nudge(event) },
      sign(PIN),
    );
    const marker = new Marker({ element, anchor: 'bottom', draggable: true });
    marker.on('dragend', () => {
      const { lat, lng } = marker.getLngLat().wrap();
      events.start(lat, lng);
    });
    return marker;
  }
  function nudge(event: KeyboardEvent): void {
    const step = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    const { start } = store.now.wish;
    if (!step || !start) return;
    event.preventDefault();
    event.stopPropagation();
    const [lon, lat] = moved([start.lon, start.lat], step[0]! * STEP_METERS, step[1]! * STEP_METERS);
    events.start(lat, lon);
  }

  function words(): void {
    const canvas = map.getCanvas();
    canvas.setAttribute('aria-label', say('mapLong'));
    pin.getElement().setAttribute('aria-label', say('pin'));
    pin.getElement().title = say('pin');
    for (const node of root.querySelectorAll<HTMLElement>('#zoom button')) {
      const word = node.dataset.label as 'zoomIn';
      node.setAttribute('aria-label', say(word));
      node.title = say(word);
    }
    scale.setUnit(settings.units);
    const info = root.querySelector<HTMLElement>('.maplibregl-ctrl-attrib-button');
    info?.setAttribute('title', attribution);
  }

  function showStart({ wish: { start } }: State): void {
    if (!start) {
      pin.remove();
      return;
    }
    pin.setLngLat([start.lon, start.lat]).addTo(map);
  }
  function showCursor({ cursor, loops, chosen }: State): void {
    const loop = loops[chosen];
    if (cursor === null || !loop) {
      dot.remove();
      return;
    }
    const { line, along } = measure(loop);
    const [lon, lat] = at(line, along, cursor) as [number, number];
    dot.setLngLat([lon, lat]).addTo(map);
    dot.getElement().dataset.rank = String(chosen % 3);
  }
  function dress(): void {
    layLoops(map, palette());
    drawLoops(map, store.now);
    drawTrailheads(map, store.now);
    dressed = true;
  }

  const hitsAt = ({ point }: MapMouseEvent) =>
    dressed ? map.queryRenderedFeatures(point, { layers: ['trailhead', 'loop-hit'] }) : [];
  map.on('mousemove', (event) => {
    const [hit] = hitsAt(event);
    root.classList.toggle('pointing', hit !== undefined);
    events.hover(hit?.layer.id === 'loop-hit' ? (hit.properties.index as number) : -1);
    const loop = store.now.loops[store.now.chosen];
    if (!loop) return;
    const { line, along } = measure(loop);
    const { lng, lat } = event.lngLat;
    const { meters } = nearestOn(line, along, [lng, lat]);
    const [lon, y] = at(line, along, meters) as [number, number];
    const onLine = map.project([lon, y]);
    events.cursor(onLine.dist(event.point) <= NEAR_PIXELS ? meters : null);
  });
  map.on('mouseout', () => {
    events.hover(-1);
    events.cursor(null);
  });
  map.on('click', (event) => {
    const hits = hitsAt(event);
    const head = hits.find(({ layer }) => layer.id === 'trailhead');
    if (head) {
      const [lon, lat] = (head.geometry as GeoJSON.Point).coordinates as [number, number];
      events.trailhead(head.properties.id, head.properties.name ?? null, lat, lon);
      return;
    }
    // The chosen loop lies on top and is no choice: a tap on it is meant for what it hides.
    const line = hits.find(({ properties }) => properties.index !== store.now.chosen) ?? hits[0];
    if (line) return events.choose(line.properties.index as number);
    const { lat, lng } = event.lngLat.wrap();
    events.start(lat, lng);
  });
  map.on('moveend', () => {
    const { lat, lng } = map.getCenter();
    const round = (value: number, digits: number): number => Number(value.toFixed(digits));
    events.view({ zoom: round(map.getZoom(), 2), lat: round(lat, 5), lon: round(lng, 5) });
    if (performance.now() - askedMs > ASK_AGAIN_MS) mayBeStale();
  });
  let askedMs = performance.now();
  function mayBeStale(): void {
    askedMs = performance.now();
    if (tiles && navigator.onLine) events.stale();
  }
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') mayBeStale();
  });
  map.once('load', () => {
    // Who made the data is one tap away: on a small screen it would hide the map.
    if (map.hasControl(named)) return;
    map.addControl(named, 'bottom-right');
    root.querySelector('.maplibregl-compact-show')?.classList.remove('maplibregl-compact-show');
  });
  map.on('style.load', dress);
  store.on(['loops', 'chosen', 'hovered', 'wish'], (state) => dressed && drawLoops(map, state));
  store.on(['trailheads'], (state) => dressed && drawTrailheads(map, state));
  store.on(['wish'], showStart);
  store.on(['cursor', 'loops', 'chosen'], showCursor);
  let wasDark = isDark();
  onSettings(() => {
    words();
    if (isDark() === wasDark) return;
    wasDark = isDark();
    restyle();
  });
  function restyle(): void {
    dressed = false;
    map.setStyle(mapStyle(palette(), tiles), { diff: false });
  }
  map.on('error', ({ error }) => {
    // Offline a map has holes: what was kept is what lies around a loop.
    if (navigator.onLine) console.error(error);
  });
  words();
  showStart(store.now);

  /** No more room than half of the map may be kept free: on a small screen the fit would fail otherwise. */
  function padding(): { top: number; right: number; bottom: number; left: number } {
    const { top, right, bottom, left } = events.padding();
    const { clientWidth: width, clientHeight: height } = root;
    const share = (a: number, b: number, most: number): number => (a + b > most ? most / (a + b) : 1);
    const [x, y] = [share(left, right, width * 0.72), share(top, bottom, height * 0.7)];
    return { top: top * y, bottom: bottom * y, left: left * x, right: right * x };
  }

  return {
    map,
    /** Shows what there is to see: the loops, else the start, else everything. */
    frame(what: 'loops' | 'start' | 'all'): void {
      const { loops, wish } = store.now;
      const how = { padding: padding(), animate: !still, duration: 600, maxZoom: 15 };
      if (what === 'loops' && loops.length > 0) {
        const [west, south, east, north] = boxOf(loops.flatMap((loop) => measure(loop).line));
        map.fitBounds([west, south, east, north], how);
      } else if (what !== 'all' && wish.start) {
        // Padding would stay with the map and add to that of the next fit.
        const { top, right, bottom, left } = how.padding;
        const offset: [number, number] = [(left - right) / 2, (top - bottom) / 2];
        map.easeTo({
          animate: !still,
          offset,
          center: [wish.start.lon, wish.start.lat],
          zoom: Math.max(map.getZoom(), 12),
        });
      } else map.fitBounds(whole(), how);
    },
    show(bbox: number[]): void {
      map.fitBounds(bbox as LngLatBoundsLike, { padding: padding(), animate: !still });
    },
    /** To where an address says. */
    goTo({ zoom, lat, lon }: { zoom: number; lat: number; lon: number }): void {
      map.jumpTo({ zoom, center: [lon, lat] });
    },
    /** Draws other tiles from now on. */
    lay(fresh: Tiles): void {
      tiles = fresh;
      restyle();
    },
    known: () => regions,
  };
}

function regionBoxes({ regions }: State): Box[] {
  const boxes = (regions ?? []).map(({ bbox }) => unrolled(bbox));
  return boxes.length > 0 ? boxes : [[-20, 30, 30, 65]];
}
