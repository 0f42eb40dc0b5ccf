/** What came of one load. */
export interface Point {
  /** Offered and answered, in capacities. */
  offered: number;
  answered: number;
  /** Milliseconds, NaN where there were none. */
  answeredP95Ms: number;
  refusedP95Ms: number;
}

const [LEFT, TOP, WIDTH, HEIGHT, GAP] = [56, 40, 300, 170, 84];

const text = (x: number, y: number, content: string, anchor = 'middle'): string =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`;

/** Axes of one panel, and where a value is on them. */
function panel(number: number, title: string, most: { x: number; y: number }, ticksY: [number, string][]) {
  const left = LEFT + number * (WIDTH + GAP);
  const x = (value: number): number => Math.round(10 * (left + (WIDTH * value) / most.x)) / 10;
  const y = (value: number): number => Math.round(10 * (TOP + HEIGHT * (1 - Math.min(1, value / most.y)))) / 10;
  const axes = [
    `<path d="M${left} ${TOP}V${TOP + HEIGHT}H${left + WIDTH}" fill="none" stroke="#555"/>`,
    text(left, TOP - 18, title, 'start'),
    text(left + WIDTH / 2, TOP + HEIGHT + 38, 'offered, in capacities'),
    ...[0, 2, 4, 6, 8, 10].map((tick) => text(x(tick), TOP + HEIGHT + 18, String(tick))),
    ...ticksY.map(([tick, label]) => text(left - 8, y(tick) + 4, label, 'end')),
    ...ticksY.map(([tick]) => `<path d="M${left} ${y(tick)}h${WIDTH}" stroke="#eee"/>`),
  ];
  const line = (points: [number, number][], style: string): string =>
    `<polyline points="${points.map(([a, b]) => `${x(a)},${y(b)}`).join(' ')}" fill="none" ${style}/>`;
  const dots = (points: [number, number][], color: string): string =>
    points.map(([a, b]) => `<circle cx="${x(a)}" cy="${y(b)}" r="3.5" fill="${color}"/>`).join('');
  return { x, y, axes: axes.reverse().join('\n'), line, dots };
}

const [GREEN, RED] = ['#1a6b3c', '#b03a2e'];

/** Two panels as SVG: answered against offered, and how soon answers and refusals came. */
export function curves(points: Point[]): string {
  const goodput = panel(
    0,
    'answered, in capacities',
    { x: 10, y: Math.max(1.25, ...points.map((point) => point.answered)) },
    [
      [0, '0'],
      [0.5, '0.5'],
      [1, '1'],
    ],
  );
  const answered = points.map((point): [number, number] => [point.offered, point.answered]);
  const slowest = Math.max(1_000, ...points.map(({ answeredP95Ms }) => answeredP95Ms || 0));
  const seconds = Math.ceil(slowest / 1_000);
  const times = panel(1, 'p95 in seconds: answers (green), refusals (red)', { x: 10, y: 1_000 * seconds }, [
    [0, '0'],
    [500 * seconds, String(seconds / 2)],
    [1_000 * seconds, String(seconds)],
  ]);
  const known = (of: (point: Point) => number): [number, number][] =>
    points.flatMap((point) => (Number.isNaN(of(point)) ? [] : [[point.offered, of(point)] as [number, number]]));
  const [slow, soon] = [known(({ answeredP95Ms }) => answeredP95Ms), known(({ refusedP95Ms }) => refusedP95Ms)];
  const stroke = (color: string): string => `stroke="${color}" stroke-width="2"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 260" font-family="sans-serif" font-size="12" fill="#333" role="img" aria-label="Answered against offered, and how soon">
<rect width="760" height="260" fill="#fff"/>
${goodput.axes}
${times.axes}
${goodput.line(
  [
    [0, 0],
    [1, 1],
    [10, 1],
  ],
  'stroke="#999" stroke-dasharray="4 4"',
)}
${goodput.line(answered, stroke(GREEN))}${goodput.dots(answered, GREEN)}
${times.line(slow, stroke(GREEN))}${times.dots(slow, GREEN)}
${times.line(soon, stroke(RED))}${times.dots(soon, RED)}
</svg>
`;
}
