import { at, projection, roundBelow } from './geometry.js';

const SVG = 'http://www.w3.org/2000/svg';
const MAP = { width: 800, height: 520, margin: 46 };
const PROFILE = { width: 800, height: 170, left: 84, right: 24, top: 14, bottom: 32 };

function element(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Keeps the title, which names the drawing to a screen reader. */
function clear(svg) {
  svg.replaceChildren(...svg.querySelectorAll(':scope > title'));
}

const path = (points) => `M${points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L')}`;
const kilometres = (meters) => `${(meters / 1000).toLocaleString('en', { maximumFractionDigits: 1 })} km`;

/**
 * Draws the chosen loop with its direction and kilometres, and of the others what lies in view.
 * @param loops `{ line, along }` each
 * @param choose called with the number of a loop that is clicked
 * @returns a function that moves the marker to so many metres along the chosen loop
 */
export function drawMap(svg, loops, chosen, choose) {
  clear(svg);
  const { xy, pixelsPerMeter } = projection(loops[chosen].line, MAP.width, MAP.height, MAP.margin);
  const order = [...loops.keys()].sort((a, b) => Number(a === chosen) - Number(b === chosen));
  for (const i of order) {
    const line = element('path', {
      d: path(loops[i].line.map(xy)),
      class: `loop loop-${i % 3}${i === chosen ? ' is-chosen' : ''}`,
    });
    line.addEventListener('click', () => choose(i));
    svg.append(line);
  }
  const { line, along } = loops[chosen];
  const colour = `loop-${chosen % 3}`;
  const total = along.at(-1);
  const every = Math.max(1000, roundBelow(total / 6));
  for (let meters = every; meters < total; meters += every) {
    const [x, y] = xy(at(line, along, meters));
    svg.append(element('circle', { cx: x, cy: y, r: 9, class: `kilometre ${colour}` }));
    svg.append(element('text', { x, y: y + 3.5, class: 'kilometre-text' }, String(Math.round(meters / 1000))));
    svg.append(
      arrow(xy(at(line, along, meters - every / 2 - 20)), xy(at(line, along, meters - every / 2 + 20)), colour),
    );
  }
  const [x, y] = xy(line[0]);
  svg.append(element('circle', { cx: x, cy: y, r: 7, class: 'start' }));
  svg.append(element('text', { x: x + 12, y: y - 8, class: 'halo' }, loops[chosen].name));
  svg.append(...ruler(pixelsPerMeter), ...north());
  const here = element('circle', { r: 7, class: `here ${colour}` });
  svg.append(here);
  return (meters) => {
    const [hereX, hereY] = xy(at(line, along, meters));
    here.setAttribute('cx', hereX);
    here.setAttribute('cy', hereY);
  };
}

function arrow([x1, y1], [x2, y2], colour) {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
  const wing = (turn) => [x - 11 * Math.cos(angle + turn), y - 11 * Math.sin(angle + turn)];
  return element('path', { d: path([wing(0.5), [x, y], wing(-0.5)]), class: `arrow ${colour}` });
}

function ruler(pixelsPerMeter) {
  const meters = roundBelow(160 / pixelsPerMeter);
  const [x, y, width] = [20, MAP.height - 18, meters * pixelsPerMeter];
  const label = meters >= 1000 ? `${meters / 1000} km` : `${meters} m`;
  return [
    element('path', { d: `M${x},${y - 6}v6h${width}v-6`, class: 'ruler' }),
    element('text', { x: x + width + 8, y, class: 'halo' }, label),
  ];
}

function north() {
  const x = MAP.width - 26;
  return [
    element('path', { d: `M${x},46V18m-6,8l6,-8l6,8`, class: 'ruler' }),
    element('text', { x: x - 5, y: 62, class: 'halo' }, 'N'),
  ];
}

/**
 * Draws the elevation along a loop; nothing where it is unknown.
 * @param seek called with metres along the loop where the pointer is
 * @returns a function that moves the marker to so many metres, or null where there is no elevation
 */
export function drawProfile(svg, { line, along }, number, seek) {
  clear(svg);
  const known = line.every((point) => point.length > 2);
  svg.toggleAttribute('hidden', !known);
  if (!known) return null;
  const colour = `loop-${number % 3}`;
  const heights = line.map((point) => point[2]);
  const total = along.at(-1);
  const step = Math.max(20, roundBelow((Math.max(...heights) - Math.min(...heights)) / 1.5 || 1));
  const floor = Math.floor(Math.min(...heights) / step) * step;
  const ceiling = Math.max(Math.ceil(Math.max(...heights) / step) * step, floor + step);
  const { width, height, left, right, top, bottom } = PROFILE;
  const x = (meters) => left + (meters / total) * (width - left - right);
  const y = (elevation) => top + (1 - (elevation - floor) / (ceiling - floor)) * (height - top - bottom);
  for (let elevation = floor; elevation <= ceiling; elevation += step) {
    svg.append(element('path', { d: `M${left},${y(elevation)}H${width - right}`, class: 'gridline' }));
    svg.append(element('text', { x: left - 8, y: y(elevation) + 4, 'text-anchor': 'end' }, `${elevation} m`));
  }
  const every = Math.max(1000, roundBelow(total / 4));
  for (let meters = 0; meters <= total; meters += every) {
    svg.append(element('text', { x: x(meters), y: height - 7, 'text-anchor': 'middle' }, kilometres(meters)));
  }
  const ridge = path(line.map((point, i) => [x(along[i]), y(point[2])]));
  svg.append(element('path', { d: `${ridge}V${y(floor)}H${left}Z`, class: `slope ${colour}` }));
  svg.append(element('path', { d: ridge, class: `ridge ${colour}` }));
  const cursor = element('path', { class: 'ruler' });
  const here = element('circle', { r: 6, class: `here ${colour}` });
  svg.append(cursor, here);
  svg.onpointermove = (event) => {
    const box = svg.getBoundingClientRect();
    const share = (((event.clientX - box.left) / box.width) * width - left) / (width - left - right);
    seek(Math.min(1, Math.max(0, share)) * total);
  };
  return (meters) => {
    const elevation = at(line, along, meters)[2];
    here.setAttribute('cx', x(meters));
    here.setAttribute('cy', y(elevation));
    cursor.setAttribute('d', `M${x(meters)},${top}V${height - bottom}`);
  };
}
