import type { Map as Canvas, GeoJSONSource, LayerSpecification } from 'maplibre-gl';
import type { Loop } from '../api.js';
import { measure } from '../loops/heights.js';
import type { State } from '../state.js';
import type { Palette } from './palette.js';
import { byZoom } from './style.js';

type Features = GeoJSON.FeatureCollection;
const empty: Features = { type: 'FeatureCollection', features: [] };

/** The loops' own sources and layers; a new style drops them, so they are laid on again after each. */
export function layLoops(map: Canvas, p: Palette): void {
  if (map.getSource('loops')) return;
  map.addSource('loops', { type: 'geojson', data: empty });
  map.addSource('trailheads', { type: 'geojson', data: empty });
  map.addSource('lead', { type: 'geojson', data: empty });
  const firstLabel = map.getStyle().layers.find(({ type }) => type === 'symbol')?.id;
  const round = { 'line-join': 'round', 'line-cap': 'round' } as const;
  const base = { type: 'line', source: 'loops', layout: round } as const;
  const strong = ['any', ['get', 'chosen'], ['get', 'hovered']] as const;
  const colour = ['match', ['get', 'rank'], 0, p.loops[0], 1, p.loops[1], p.loops[2]] as const;
  const layers: LayerSpecification[] = [
    {
      id: 'lead',
      type: 'line',
      source: 'lead',
      layout: round,
      paint: { 'line-color': p.start, 'line-width': 3, 'line-dasharray': [0.2, 1.8] },
    },
    // As wide as a finger; drawn with nothing, found all the same.
    { ...base, id: 'loop-hit', paint: { 'line-width': 24, 'line-opacity': 0 } },
    {
      ...base,
      id: 'loop-case',
      paint: {
        'line-color': p.loopCase,
        'line-width': ['case', strong, 9, 5],
        'line-opacity': ['case', strong, 0.95, 0.5],
      },
    },
    {
      ...base,
      id: 'loop',
      paint: {
        'line-color': colour as never,
        'line-width': ['case', strong, 5.2, 2.6],
        'line-opacity': ['case', strong, 1, 0.62],
      },
    },
    {
      id: 'loop-arrow',
      type: 'symbol',
      source: 'loops',
      filter: ['get', 'chosen'],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 130,
        'icon-image': 'arrow',
        'icon-size': 0.62,
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
    },
  ] as LayerSpecification[];
  for (const layer of layers) map.addLayer(layer, firstLabel);
  map.addLayer({
    id: 'trailhead',
    type: 'circle',
    source: 'trailheads',
    paint: {
      'circle-radius': byZoom([8, 3], [12, 6], [15, 9]),
      'circle-color': p.start,
      'circle-stroke-color': p.loopCase,
      'circle-stroke-width': 2,
    },
  });
}

const featureOf = (loop: Loop, index: number, { chosen, hovered }: State): GeoJSON.Feature => ({
  type: 'Feature',
  properties: { index, rank: index % 3, chosen: index === chosen, hovered: index === hovered },
  geometry: { type: 'LineString', coordinates: measure(loop).line },
});

/** What lies on top comes last. */
export function drawLoops(map: Canvas, state: State): void {
  const features = state.loops.map((loop, i) => featureOf(loop, i, state));
  const height = ({ properties }: GeoJSON.Feature): number => (properties!.chosen ? 2 : properties!.hovered ? 1 : 0);
  features.sort((a, b) => height(a) - height(b) || b.properties!.index - a.properties!.index);
  map.getSource<GeoJSONSource>('loops')?.setData({ type: 'FeatureCollection', features });
  const { start } = state.wish;
  const first = state.loops[state.chosen];
  const lead: GeoJSON.Feature[] = [];
  if (start && first && state.wish.drive === 0) {
    const coordinates = [[start.lon, start.lat], measure(first).line[0]!.slice(0, 2)];
    lead.push({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } });
  }
  map.getSource<GeoJSONSource>('lead')?.setData({ type: 'FeatureCollection', features: lead });
}

export function drawTrailheads(map: Canvas, { trailheads }: State): void {
  const features = trailheads.map(
    ({ id, geometry, properties }): GeoJSON.Feature => ({
      type: 'Feature',
      properties: { id, name: properties.name },
      geometry: geometry as GeoJSON.Point,
    }),
  );
  map.getSource<GeoJSONSource>('trailheads')?.setData({ type: 'FeatureCollection', features });
}
