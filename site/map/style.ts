import type {
  ExpressionSpecification,
  LayerSpecification,
  StyleSpecification,
  VectorSourceSpecification,
} from 'maplibre-gl';
import { around, type Box } from './boxes.js';
import { labelLayers } from './labels.js';
import type { Palette } from './palette.js';

/** Where tiles are and how far they reach; null: there is no map in the data. */
export interface Tiles {
  /** Absolute, up to the layer's name. */
  base: string;
  /** Where regions are; no two touch. */
  boxes: Box[];
  zooms: Record<'map' | 'contour' | 'relief', { min: number; max: number }>;
  hasElevation: boolean;
}

type Zoomed = [zoom: number, value: number][];
/** A value that grows between zooms as areas do. */
export const byZoom = (...stops: Zoomed): ExpressionSpecification =>
  ['interpolate', ['exponential', 1.5], ['zoom'], ...stops.flat()] as unknown as ExpressionSpecification;

const is = (property: string, ...values: (string | number)[]): ExpressionSpecification =>
  ['in', ['get', property], ['literal', values]] as ExpressionSpecification;

/** A colour by the grade of the SAC hiking scale; tracks and paths without one are brown. */
export const gradeColour = ({ trail }: Palette): ExpressionSpecification => [
  'case',
  ['has', 'sac'],
  ['step', ['get', 'sac'], trail.t1, 2, trail.t23, 4, trail.t45, 6, trail.t6],
  ['==', ['get', 'kind'], 'track'],
  trail.track,
  ['==', ['get', 'kind'], 'via_ferrata'],
  trail.t6,
  trail.unknown,
];

/** Dashes by grade as well, so that colour alone tells nothing. */
const gradeDash = [
  'case',
  ['has', 'vis'],
  ['literal', [1, 2.2]],
  ['has', 'sac'],
  ['step', ['get', 'sac'], ['literal', [5, 0.9]], 2, ['literal', [2.8, 1]], 4, ['literal', [1.2, 1]]],
  ['==', ['get', 'kind'], 'track'],
  ['literal', [6, 1.2]],
  ['literal', [3.2, 1.2]],
] as unknown as ExpressionSpecification;

function roads(p: Palette): LayerSpecification[] {
  const colour = [
    'match',
    ['get', 'class'],
    'motorway',
    p.road.motorway,
    'primary',
    p.road.primary,
    'secondary',
    p.road.secondary,
    p.road.minor,
  ] as ExpressionSpecification;
  const width = (more: number): ExpressionSpecification => {
    const of = (big: number, middle: number, small: number) => [
      'match',
      ['get', 'class'],
      ['motorway', 'primary'],
      big + more,
      ['secondary', 'tertiary'],
      middle + more,
      small + more,
    ];
    return [
      'interpolate',
      ['exponential', 1.5],
      ['zoom'],
      7,
      of(0.8, 0.4, 0),
      11,
      of(2.2, 1.4, 0.5),
      14,
      of(5, 4, 2),
      17,
      of(16, 13, 8),
    ] as unknown as ExpressionSpecification;
  };
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
  const base = { type: 'line', source: 'map', 'source-layer': 'road', layout: round } as const;
  return [
    {
      ...base,
      id: 'road-case',
      minzoom: 9,
      filter: ['!', ['has', 'tunnel']],
      paint: { 'line-color': p.road.case, 'line-width': width(1.6), 'line-opacity': byZoom([9, 0.4], [13, 0.9]) },
    },
    {
      ...base,
      id: 'road',
      paint: { 'line-color': colour, 'line-width': width(0), 'line-opacity': ['case', ['has', 'tunnel'], 0.35, 1] },
    },
  ];
}

function trails(p: Palette): LayerSpecification[] {
  const base = { type: 'line', source: 'map', 'source-layer': 'trail' } as const;
  const join = { 'line-join': 'round', 'line-cap': 'round' } as const;
  const width = byZoom([9, 0.6], [12, 1.3], [14, 2], [17, 4]);
  const quiet: ExpressionSpecification = ['case', ['any', ['has', 'town'], ['has', 'closed']], 0.45, 1];
  return [
    {
      ...base,
      id: 'route',
      filter: ['has', 'net'],
      layout: join,
      paint: {
        'line-color': p.route,
        'line-opacity': byZoom([9, 0.5], [13, 0.3]),
        'line-width': byZoom([9, 1.8], [12, 5], [14, 8], [17, 16]),
      },
    },
    {
      ...base,
      id: 'trail-case',
      minzoom: 12,
      layout: join,
      paint: {
        'line-color': p.trail.case,
        'line-width': byZoom([12, 2.6], [14, 4], [17, 7]),
        'line-opacity': 0.7,
      },
    },
    {
      ...base,
      id: 'trail-far',
      maxzoom: 12,
      layout: join,
      paint: { 'line-color': gradeColour(p), 'line-width': width, 'line-opacity': byZoom([9, 0.35], [12, 0.8]) },
    },
    {
      ...base,
      id: 'trail',
      minzoom: 12,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': gradeColour(p),
        'line-width': width,
        'line-dasharray': gradeDash,
        'line-opacity': quiet,
      },
    },
  ];
}

function ground(p: Palette): LayerSpecification[] {
  const colour = [
    'match',
    ['get', 'kind'],
    ...Object.entries(p.ground).flat(),
    p.land,
  ] as unknown as ExpressionSpecification;
  const line = { type: 'line', source: 'map' } as const;
  return [
    {
      id: 'ground',
      type: 'fill',
      source: 'map',
      'source-layer': 'ground',
      paint: { 'fill-color': colour, 'fill-antialias': false, 'fill-opacity': byZoom([8, 0.8], [11, 1]) },
    },
    {
      ...line,
      id: 'reserve',
      'source-layer': 'reserve',
      paint: { 'line-color': p.reserve, 'line-width': byZoom([8, 1.5], [14, 5]), 'line-opacity': 0.22 },
    },
  ];
}

function relief(p: Palette): LayerSpecification[] {
  return [
    {
      id: 'shade',
      type: 'hillshade',
      source: 'relief',
      paint: {
        'hillshade-exaggeration': ['interpolate', ['linear'], ['zoom'], 7, p.shade * 1.15, 16, p.shade * 0.75],
        'hillshade-shadow-color': p.shadow,
        'hillshade-highlight-color': p.highlight,
        'hillshade-accent-color': p.shadow,
        'hillshade-illumination-direction': 315,
      },
    },
    // Beyond the region there are no heights: a veil of land, which comes in softly, hides where they end.
    { id: 'veil', type: 'fill', source: 'outside', paint: { 'fill-color': p.land, 'fill-antialias': false } },
    {
      id: 'veil-edge',
      type: 'line',
      source: 'edge',
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      // Whole on the edge itself and nothing at half the width, for there it blurs.
      paint: {
        'line-color': p.land,
        'line-width': byZoom([7, 40], [10, 110], [14, 240]),
        'line-blur': byZoom([7, 20], [10, 55], [14, 120]),
      },
    },
    {
      id: 'contour',
      type: 'line',
      source: 'contour',
      'source-layer': 'contour',
      minzoom: 11,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': p.contour,
        'line-width': ['case', ['has', 'idx'], 1.1, 0.55],
        'line-opacity': ['interpolate', ['linear'], ['zoom'], 11, 0.35, 13.5, ['case', ['has', 'idx'], 0.75, 0.5]],
      },
    },
  ];
}

function waterAndHouses(p: Palette): LayerSpecification[] {
  const map = { source: 'map' } as const;
  return [
    {
      ...map,
      id: 'waterway',
      type: 'line',
      'source-layer': 'waterway',
      filter: ['!', ['has', 'tunnel']],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': p.waterLine,
        'line-width': [
          'interpolate',
          ['exponential', 1.5],
          ['zoom'],
          9,
          ['case', is('kind', 'river'), 0.8, 0.3],
          14,
          ['case', is('kind', 'river'), 3, 1.3],
          17,
          ['case', is('kind', 'river'), 8, 3],
        ],
      },
    },
    { ...map, id: 'water', type: 'fill', 'source-layer': 'water', paint: { 'fill-color': p.water } },
    {
      ...map,
      id: 'shore',
      type: 'line',
      'source-layer': 'water',
      minzoom: 11,
      paint: { 'line-color': p.waterLine, 'line-width': byZoom([11, 0.5], [15, 1.2]) },
    },
    {
      ...map,
      id: 'cliff',
      type: 'line',
      'source-layer': 'cliff',
      minzoom: 13,
      paint: { 'line-color': p.cliff, 'line-width': byZoom([13, 1], [16, 2.5]), 'line-dasharray': [1, 0.6] },
    },
    {
      ...map,
      id: 'building',
      type: 'fill',
      'source-layer': 'building',
      minzoom: 13.5,
      paint: { 'fill-color': p.building, 'fill-opacity': byZoom([13.5, 0.2], [15, 0.95]) },
    },
    {
      ...map,
      id: 'boundary',
      type: 'line',
      'source-layer': 'boundary',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': p.boundary,
        'line-width': ['case', ['<=', ['get', 'level'], 2], 1.8, 0.9],
        'line-dasharray': [7, 2.5, 1.5, 2.5],
        'line-opacity': ['case', ['<=', ['get', 'level'], 2], 0.75, 0.4],
      },
    },
  ];
}

function railsAndLifts(p: Palette): LayerSpecification[] {
  const line = (id: string, dash: number[], minzoom: number): LayerSpecification => ({
    id,
    type: 'line',
    source: 'map',
    'source-layer': id,
    minzoom,
    paint: { 'line-color': p.rail, 'line-width': byZoom([9, 0.8], [14, 1.6], [17, 3]), 'line-dasharray': dash },
  });
  return [line('rail', [4, 1.4], 9), line('lift', [8, 1.2, 0.6, 1.2], 11)];
}

/** The rings of some boxes, and all the world but those boxes. */
function veil(boxes: Box[]) {
  const rings = boxes.map(([west, south, east, north]) => [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]);
  const [west, , east] = around(boxes);
  // Once round the world and no farther: the rest would come round and lie on the regions.
  const [left, right] = [(west + east) / 2 - 179, (west + east) / 2 + 179];
  const world = [
    [left, -85],
    [right, -85],
    [right, 85],
    [left, 85],
    [left, -85],
  ];
  const feature = (geometry: GeoJSON.Geometry): GeoJSON.Feature => ({ type: 'Feature', properties: {}, geometry });
  return {
    outside: feature({ type: 'Polygon', coordinates: [world, ...rings.map((ring) => ring.toReversed())] }),
    edge: feature({ type: 'MultiLineString', coordinates: rings }),
  };
}

/** The whole map in one palette; without tiles only its ground. Loops are laid under the first label. */
export function mapStyle(p: Palette, tiles: Tiles | null): StyleSpecification {
  const background: LayerSpecification = { id: 'land', type: 'background', paint: { 'background-color': p.land } };
  if (!tiles) return { version: 8, sources: {}, layers: [background] };
  const { base, boxes, zooms } = tiles;
  const [west, south, east, north] = around(boxes);
  // Beyond the antimeridian tiles are numbered as on this side of it.
  const bounds: Box = east > 180 ? [-180, south, 180, north] : [west, south, east, north];
  const vector = (layer: 'map' | 'contour'): VectorSourceSpecification => ({
    type: 'vector',
    tiles: [`${base}/${layer}/{z}/{x}/{y}`],
    minzoom: zooms[layer].min,
    maxzoom: zooms[layer].max,
    bounds,
  });
  const { outside, edge } = veil(boxes);
  const sources: StyleSpecification['sources'] = {
    map: vector('map'),
    outside: { type: 'geojson', data: outside },
    edge: { type: 'geojson', data: edge },
  };
  if (tiles.hasElevation) {
    sources.contour = vector('contour');
    sources.relief = {
      type: 'raster-dem',
      encoding: 'terrarium',
      tiles: [`${base}/relief/{z}/{x}/{y}`],
      // Tiles of 256 pixels at half the density: a quarter of the bytes, and the eye sees no difference in a shade.
      tileSize: 512,
      minzoom: zooms.relief.min,
      maxzoom: zooms.relief.max,
      bounds,
    };
  }
  const layers = [
    background,
    ...ground(p),
    ...relief(p),
    ...waterAndHouses(p),
    ...railsAndLifts(p),
    ...roads(p),
    ...trails(p),
    ...labelLayers(p),
  ].filter((layer) => !('source' in layer) || layer.source in sources);
  return { version: 8, sources, layers };
}
