import type { Loop } from '../api.js';
import { el, svg } from '../dom.js';
import { at, roundBelow } from '../geometry.js';
import { say, sayIf, settings } from '../settings.js';
import { Writer } from '../units.js';
import { type Measured, measure, sampled, slopeAt } from './heights.js';

const WIDTH = 1_000;
const HEIGHT = 220;
/** Heights of less than this are no hill: a flat walk looks flat. */
const LEAST_SPAN_METERS = 150;

const path = (points: [number, number][]): string =>
  points.map(([x, y], i) => `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');

function scales({ total, heights }: Measured) {
  const { low, high } = heights ?? { low: 0, high: 0 };
  const span = Math.max(LEAST_SPAN_METERS, high - low) * 1.18;
  const floor = low - (span - (high - low)) * 0.4;
  return {
    x: (meters: number) => (meters / total) * WIDTH,
    y: (height: number) => HEIGHT - ((height - floor) / span) * HEIGHT,
    floor,
    top: floor + span,
  };
}

/** A small profile without axes, for a card. */
export function sparkline(loop: Loop): SVGElement {
  const measured = measure(loop);
  const node = svg('svg', {
    class: 'spark',
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    preserveAspectRatio: 'none',
    'aria-hidden': 'true',
  });
  if (!measured.heights) return node;
  const { x, y } = scales(measured);
  const line = path(sampled(measured, 120).map(([meters, height]) => [x(meters), y(height)]));
  node.append(
    svg('path', { class: 'area', d: `${line}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z` }),
    svg('path', { class: 'line', d: line, 'vector-effect': 'non-scaling-stroke' }),
  );
  return node;
}

const steepness = (slope: number): number => [5, 10, 18, 28].filter((limit) => Math.abs(slope) >= limit).length;

/** The area under the line in strips by how steep the way is. */
function strips(measured: Measured, { x, y }: ReturnType<typeof scales>): SVGElement[] {
  const samples = sampled(measured, 240);
  // Of a long walk the eye sees no single step: what is drawn is what a hundredth of it feels like.
  const reach = Math.min(300, Math.max(80, measured.total / 90));
  const nodes: SVGElement[] = [];
  let from = 0;
  let grade = -1;
  const end = (to: number): void => {
    if (grade < 0) return;
    const points = samples.slice(from, to + 1).map(([meters, height]): [number, number] => [x(meters), y(height)]);
    const d = `${path(points)}L${points.at(-1)![0].toFixed(1)} ${HEIGHT}L${points[0]![0].toFixed(1)} ${HEIGHT}Z`;
    nodes.push(svg('path', { class: `strip s${grade}`, d }));
    from = to;
  };
  samples.forEach(([meters], i) => {
    const now = steepness(slopeAt(measured, meters, reach));
    if (now !== grade) {
      end(i);
      grade = now;
    }
  });
  end(samples.length - 1);
  return nodes;
}

/** The drawn profile: lines of height, distance below, what the loop passes above. */
export function profileDrawing(loop: Loop, write: Writer, wide: boolean): HTMLElement {
  const measured = measure(loop);
  const scale = scales(measured);
  const drawing = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  const marks = el('div', { class: 'marks', 'aria-hidden': 'true' });
  const put = (className: string, text: string, left: number, top?: number): void => {
    const mark = el('span', { class: className, text });
    mark.style.left = `${left}%`;
    if (top !== undefined) mark.style.top = `${top}%`;
    marks.append(mark);
  };
  const step = roundBelow(write.heightValue(scale.top - scale.floor) / 2);
  const unit = write.heightValue(1);
  for (let value = Math.ceil((scale.floor * unit) / step) * step; value < scale.top * unit; value += step) {
    const y = scale.y(value / unit);
    // Its figure stands above it, and above that is what is said of the loop.
    if (y < HEIGHT / 5 || y > HEIGHT - 6) continue;
    drawing.append(svg('path', { class: 'grid', d: `M0 ${y}H${WIDTH}`, 'vector-effect': 'non-scaling-stroke' }));
    put('height', write.height(value / unit), 0, (y / HEIGHT) * 100);
  }
  drawing.append(...strips(measured, scale));
  const line = path(sampled(measured, 400).map(([meters, height]) => [scale.x(meters), scale.y(height)]));
  drawing.append(svg('path', { class: 'line', d: line, 'vector-effect': 'non-scaling-stroke' }));
  const long = write.distanceValue(measured.total);
  const tick = roundBelow(long / (wide ? 5 : 3));
  for (let value = 0; value < long - tick * 0.4; value += tick) {
    put(value === 0 ? 'along first' : 'along', write.number(value, tick < 1 ? 1 : 0), (value / long) * 100);
  }
  put('along last', write.distance(measured.total), 100);
  let taken = -100;
  for (const pass of loop.properties.passes ?? []) {
    const left = (pass.alongMeters / measured.total) * 100;
    if (!pass.name || left - taken < (wide ? 14 : 28) || left < 4 || left > 94) continue;
    taken = left;
    const y = scale.y(at(measured.line, measured.along, pass.alongMeters)[2] ?? 0);
    put('pass', pass.name, left, (y / HEIGHT) * 100);
  }
  return el('div', { class: 'drawing' }, drawing, marks);
}

/**
 * The chosen loop's profile, with a point on it that a pointer or the keys move.
 * @param moved hears how far along the way the point is, null when there is none
 */
export function profilePanel(root: HTMLElement, moved: (meters: number | null) => void) {
  let loop: Loop | null = null;
  const rule = el('div', { class: 'rule', hidden: true });
  const text = el('p', { class: 'said' });
  const range = el('input', { type: 'range', class: 'probe', min: 0, max: 1000, value: 0, step: 'any' });
  const stage = el('div', { class: 'stage' });
  root.append(text, stage);

  const point = (event: PointerEvent): void => {
    if (!loop) return;
    const { left, width } = stage.getBoundingClientRect();
    moved(Math.min(1, Math.max(0, (event.clientX - left) / width)) * measure(loop).total);
  };
  stage.addEventListener('pointermove', point);
  stage.addEventListener('pointerdown', point);
  stage.addEventListener('pointerleave', () => moved(null));
  range.addEventListener('input', () => moved(range.valueAsNumber));
  range.addEventListener('focus', () => moved(range.valueAsNumber));
  range.addEventListener('blur', () => moved(null));

  const summary = (write: Writer): string => {
    const { properties } = loop!;
    const { heights } = measure(loop!);
    const parts = [write.distance(properties.lengthMeters)];
    if (properties.ascentMeters !== null) parts.push(`↗ ${write.climb(properties.ascentMeters)}`);
    if (heights) parts.push(say('highest', { value: write.height(heights.high) }));
    return parts.join(' · ');
  };

  return {
    /** @param awaited whether one is on its way: its room is kept, so that nothing moves when it is there */
    show(chosen: Loop | null, rank: number, awaited: boolean): void {
      loop = chosen;
      root.hidden = loop === null && !awaited;
      if (!loop) {
        text.textContent = '';
        stage.replaceChildren();
        return;
      }
      const write = new Writer(settings.language, settings.units);
      const measured = measure(loop);
      root.dataset.rank = String(rank);
      range.max = String(measured.total);
      range.step = String(Math.max(1, Math.round(measured.total / 200)));
      range.value = '0';
      range.setAttribute('aria-label', say('profilePoint'));
      range.setAttribute('aria-valuetext', summary(write));
      root.title = say('steepness');
      stage.replaceChildren(
        measured.heights
          ? profileDrawing(loop, write, root.clientWidth > 600)
          : el('p', { class: 'none', text: say('noHeights') }),
        rule,
        range,
      );
      text.textContent = summary(write);
    },
    point(meters: number | null): void {
      rule.hidden = meters === null;
      if (!loop) return;
      const write = new Writer(settings.language, settings.units);
      const measured = measure(loop);
      if (meters === null) {
        text.textContent = summary(write);
        return;
      }
      const [, , height] = at(measured.line, measured.along, meters);
      const near = (loop.properties.passes ?? []).find((pass) => pass.name && Math.abs(pass.alongMeters - meters) < 80);
      const slope = slopeAt(measured, meters);
      rule.style.left = `${(meters / measured.total) * 100}%`;
      if (height !== undefined) rule.style.setProperty('--y', String(scales(measured).y(height) / HEIGHT));
      const along = write.distance(meters);
      const what = near ? `${near.name} · ` : '';
      const sign = slope > 0.5 ? '+' : '';
      text.textContent =
        height === undefined ? along : `${what}${along} · ${write.height(height)} · ${sign}${write.number(slope)} %`;
      if (document.activeElement !== range) range.value = String(meters);
      const kind = near && sayIf(near.kind);
      const spoken = say('profileAt', { along, height: write.height(height ?? 0), slope: write.number(slope) });
      range.setAttribute('aria-valuetext', near ? `${kind ?? ''} ${near.name}, ${spoken}` : spoken);
    },
  };
}
