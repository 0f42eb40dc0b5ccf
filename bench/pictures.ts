import { mkdirSync, writeFileSync } from 'node:fs';
import { isTrail, type Network } from '../src/planning/network/network.js';
import { type Loop, type LoopRequest, plainRequest } from '../src/planning/planner/loop-request.js';
import { planLoops } from '../src/planning/planner/plan.js';
import { neverStop } from '../src/planning/planner/stop.js';
import { benchRegions } from './regions.js';

const WIDTH = 900;
const COLORS = ['#c0392b', '#2471a3', '#1e8449'];

interface Picture {
  file: string;
  title: string;
  request: Partial<LoopRequest> & { lengthMeters: number };
  /** How many of the trailheads, in the order drawn, to pass over before one that has three such loops. */
  skip: number;
}

const PICTURES: Picture[] = [
  { file: '8km', title: '8 km', request: { lengthMeters: 8_000 }, skip: 0 },
  { file: '15km', title: '15 km', request: { lengthMeters: 15_000 }, skip: 3 },
  { file: '30km-north', title: '30 km to the north', request: { lengthMeters: 30_000, directionDegrees: 0 }, skip: 6 },
  {
    file: '15km-flat',
    title: '15 km with at most 800 m of ascent',
    request: { lengthMeters: 15_000, maxAscentMeters: 800 },
    skip: 9,
  },
];

/** Draws loops over the synthetic sample, as SVG in docs/loops; returns what is drawn, as Markdown. */
export async function pictures(): Promise<string> {
  const [{ region, area, starts }] = await benchRegions('synthetic');
  mkdirSync('docs/loops', { recursive: true });
  return PICTURES.map(({ file, title, request, skip }) => {
    const asked = plainRequest(request.lengthMeters, request);
    let loops: Loop[] = [];
    for (const start of starts.slice(skip)) {
      ({ loops } = planLoops(area, start, asked, neverStop()));
      if (loops.length === asked.count) break;
    }
    writeFileSync(`docs/loops/${file}.svg`, draw(region.network, loops, title));
    const found = loops.map(
      ({ lengthMeters, ascentMeters }) => `${(lengthMeters / 1000).toFixed(2)} km, ${ascentMeters?.toFixed(0)} m up`,
    );
    return `![${title}](loops/${file}.svg)\n\n${title}: ${found.join('; ')}.`;
  }).join('\n\n');
}

function draw(network: Network, loops: Loop[], title: string): string {
  const lons = loops.flatMap(({ coordinates }) => [...coordinates].filter((_, i) => i % 3 === 0));
  const lats = loops.flatMap(({ coordinates }) => [...coordinates].filter((_, i) => i % 3 === 1));
  const margin = 0.008;
  const [west, east] = [Math.min(...lons) - margin, Math.max(...lons) + margin];
  const [south, north] = [Math.min(...lats) - margin, Math.max(...lats) + margin];
  const scale = WIDTH / (east - west);
  const stretch = 1 / Math.cos((((south + north) / 2) * Math.PI) / 180);
  const height = Math.round((north - south) * scale * stretch);
  const point = (lon: number, lat: number): string =>
    `${((lon - west) * scale).toFixed(1)},${((north - lat) * scale * stretch).toFixed(1)}`;
  const isInside = (place: string): boolean => {
    const [x, y] = place.split(',').map(Number);
    return x >= 0 && x <= WIDTH && y >= 0 && y <= height;
  };
  const lines: string[] = [];
  for (let s = 0; s < network.segmentCount; s++) {
    const course: string[] = [];
    for (let p = network.pointOffset[s]; p < network.pointOffset[s + 1]; p++) {
      course.push(point(network.pointLonE7[p] / 1e7, network.pointLatE7[p] / 1e7));
    }
    if (!course.some((place) => isInside(place))) continue;
    const style = isTrail(network.kind[s]) ? 'stroke="#8d99a6" stroke-dasharray="3 2"' : 'stroke="#c9b79c"';
    lines.push(`<polyline points="${course.join(' ')}" ${style}/>`);
  }
  loops.forEach(({ coordinates }, i) => {
    const course: string[] = [];
    for (let k = 0; k < coordinates.length; k += 3) course.push(point(coordinates[k], coordinates[k + 1]));
    lines.push(`<polyline points="${course.join(' ')}" stroke="${COLORS[i]}" stroke-width="3.5" opacity="0.8"/>`);
  });
  const [x, y] = point(loops[0].coordinates[0], loops[0].coordinates[1]).split(',');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" fill="none" stroke-linejoin="round">
<title>${title} in the synthetic sample region</title>
<rect width="${WIDTH}" height="${height}" fill="#fbfaf7"/>
${lines.join('\n')}
<circle cx="${x}" cy="${y}" r="6" fill="#111"/>
</svg>
`;
}
