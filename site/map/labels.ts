import type { ExpressionSpecification, LayerSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import type { Palette } from './palette.js';

const REGULAR = ['Map Regular', 'sans-serif'];
const BOLD = ['Map Bold', 'sans-serif'];
const ITALIC = ['Map Italic', 'sans-serif'];

type Symbol = Omit<SymbolLayerSpecification, 'type' | 'source'> & { 'source-layer': string };

const grow = (...stops: number[]): ExpressionSpecification =>
  ['interpolate', ['linear'], ['zoom'], ...stops] as unknown as ExpressionSpecification;

/** Higher first, where there is not room for all. */
const byHeight: ExpressionSpecification = ['-', 0, ['to-number', ['get', 'ele'], 0]];

const nameAndHeight: ExpressionSpecification = [
  'format',
  ['coalesce', ['get', 'name'], ''],
  {},
  ['case', ['all', ['has', 'ele'], ['has', 'name']], '\n', ''],
  {},
  ['case', ['has', 'ele'], ['to-string', ['round', ['to-number', ['get', 'ele'], 0]]], ''],
  { 'font-scale': 0.86 },
];

const poi = (...kinds: string[]): ExpressionSpecification => ['in', ['get', 'kind'], ['literal', kinds]];

/** All that is written on the map, from the least to the most important: later ones are placed first. */
export function labelLayers(p: Palette): LayerSpecification[] {
  const text = (colour: string, halo = 1.6) => ({
    'text-color': colour,
    'text-halo-color': p.halo,
    'text-halo-width': halo,
    'text-halo-blur': 0.3,
  });
  const along = (
    id: string,
    layer: string,
    minzoom: number,
    font: string[],
    colour: string,
    size: ExpressionSpecification,
    filter?: ExpressionSpecification,
  ): Symbol => ({
    id,
    'source-layer': layer,
    minzoom,
    ...(filter && { filter }),
    layout: {
      'symbol-placement': 'line',
      'text-field': ['get', 'name'],
      'text-font': font,
      'text-size': size,
      'text-max-angle': 30,
      'symbol-spacing': 380,
      'text-letter-spacing': 0.03,
    },
    paint: text(colour, 1.4),
  });
  const badge = (id: string, kinds: string[], minzoom: number, named: number, size = 1): Symbol => ({
    id,
    'source-layer': 'poi',
    minzoom,
    filter: poi(...kinds),
    layout: {
      'icon-image': ['concat', 'poi-', ['get', 'kind']],
      'icon-size': grow(minzoom, 0.72 * size, 16, size),
      'icon-padding': 3,
      'text-field': ['step', ['zoom'], '', named, ['coalesce', ['get', 'name'], '']],
      'text-font': REGULAR,
      'text-size': grow(12, 11, 16, 13),
      'text-anchor': 'top',
      'text-offset': [0, 0.9],
      'text-max-width': 8,
      'text-optional': true,
      'symbol-sort-key': byHeight,
    },
    paint: text(p.text),
  });
  const place = (
    id: string,
    kinds: string[],
    minzoom: number,
    font: string[],
    size: ExpressionSpecification,
    colour = p.text,
    maxzoom = 24,
  ): Symbol => ({
    id,
    'source-layer': 'place',
    minzoom,
    maxzoom,
    filter: poi(...kinds),
    layout: {
      'text-field': ['get', 'name'],
      'text-font': font,
      'text-size': size,
      'text-max-width': 8,
      'text-padding': 6,
      'symbol-sort-key': ['-', 0, ['to-number', ['get', 'pop'], 0]],
    },
    paint: text(colour, 1.8),
  });
  const layers: Symbol[] = [
    {
      ...along('contour-label', 'contour', 12, REGULAR, p.contourText, grow(12, 9.5, 16, 11), ['has', 'idx']),
    },
    along('stream-label', 'waterway', 13, ITALIC, p.waterText, grow(13, 10.5, 17, 13), [
      '!=',
      ['get', 'kind'],
      'river',
    ]),
    along('street-label', 'road', 14.5, REGULAR, p.quietText, grow(14, 10, 17, 13)),
    badge(
      'poi-rest',
      ['shelter', 'picnic', 'guidepost', 'cave', 'bus', 'lift', 'church', 'ruins', 'water'],
      14.4,
      15.5,
      0.8,
    ),
    along('trail-label', 'trail', 13.5, REGULAR, p.quietText, grow(13, 10, 17, 12.5)),
    {
      ...along('route-label', 'trail', 12.5, BOLD, p.route, grow(12, 10, 16, 12), ['has', 'routes']),
    },
    place('locality', ['locality'], 13, ITALIC, grow(13, 10.5, 16, 13), p.quietText),
    badge('parking', ['parking', 'station'], 12.5, 15, 0.85),
    badge('sight', ['viewpoint', 'waterfall', 'saddle'], 12, 13, 0.85),
    along('river-label', 'waterway', 11, ITALIC, p.waterText, grow(11, 11, 16, 14), ['==', ['get', 'kind'], 'river']),
    {
      id: 'lake-label',
      'source-layer': 'water',
      minzoom: 11.5,
      filter: ['has', 'name'],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': ITALIC,
        'text-size': grow(11, 10.5, 16, 14),
        'text-max-width': 7,
      },
      paint: text(p.waterText, 1.3),
    },
    {
      id: 'road-ref',
      'source-layer': 'road',
      minzoom: 10,
      filter: ['has', 'ref'],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 420,
        'icon-image': 'shield',
        'icon-text-fit': 'both',
        'icon-text-fit-padding': [2, 5, 2, 5],
        'icon-rotation-alignment': 'viewport',
        'text-rotation-alignment': 'viewport',
        'text-field': ['get', 'ref'],
        'text-font': BOLD,
        'text-size': 10,
      },
      paint: { 'text-color': p.text },
    },
    place('hamlet', ['hamlet', 'isolated_dwelling', 'farm', 'neighbourhood'], 12, REGULAR, grow(12, 11, 16, 14)),
    badge('hut', ['hut', 'bothy', 'camp'], 11, 12.5),
    {
      id: 'peak',
      'source-layer': 'poi',
      minzoom: 11,
      filter: poi('peak'),
      layout: {
        'icon-image': 'poi-peak',
        'icon-size': grow(11, 0.7, 16, 1),
        'icon-padding': 1,
        'text-field': nameAndHeight,
        'text-font': REGULAR,
        'text-size': grow(11, 10.5, 16, 13.5),
        'text-anchor': 'top',
        'text-offset': [0, 0.5],
        'text-max-width': 8,
        'text-line-height': 1.1,
        'text-padding': 4,
        'symbol-sort-key': byHeight,
      },
      paint: text(p.text),
    },
    place('village', ['village', 'suburb'], 10, BOLD, grow(10, 11, 16, 17)),
    place('town', ['town', 'city'], 6, BOLD, grow(6, 11, 10, 14, 16, 21)),
  ];
  return layers.map(({ 'source-layer': layer, ...rest }) => {
    const source = layer === 'contour' ? 'contour' : 'map';
    if (rest.id === 'contour-label') rest.layout = { ...rest.layout, 'text-field': ['to-string', ['get', 'ele']] };
    if (rest.id === 'route-label') rest.layout = { ...rest.layout, 'text-field': ['get', 'routes'] };
    return { ...rest, type: 'symbol', source, 'source-layer': layer } as LayerSpecification;
  });
}
