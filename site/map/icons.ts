import type { Palette } from './palette.js';

/** Drawn on a square of 24 units; badges stand in a rounded square, plain ones alone. */
const glyphs: Record<string, { d: string; badge?: 'hut' | 'parking' | 'other'; stroke?: boolean }> = {
  hut: { d: 'M4 13l8-7 8 7M7 11v7h10v-7', badge: 'hut', stroke: true },
  bothy: { d: 'M4 17l8-10 8 10M12 7v10', badge: 'hut', stroke: true },
  camp: { d: 'M4 18L12 6l8 12M9.5 18l2.5-4 2.5 4', badge: 'other', stroke: true },
  parking: { d: 'M9 19V5h4.5a4 4 0 0 1 0 8H9', badge: 'parking', stroke: true },
  station: { d: 'M8 4h8v11H8zM8 9h8M9 15l-2 4M15 15l2 4', badge: 'parking', stroke: true },
  bus: { d: 'M6 6h12v10H6zM6 11h12M8.500 16v2M15.500 16v2', badge: 'parking', stroke: true },
  peak: { d: 'M12 5l8 14H4z' },
  saddle: { d: 'M3 8q9 14 18 0', stroke: true },
  viewpoint: {
    d: 'M12 4v5M5.500 8.500l3 3M18.500 8.500l-3 3M4 15h4M16 15h4M12 13a3 3 0 1 0 0 6a3 3 0 0 0 0-6',
    stroke: true,
  },
  waterfall: { d: 'M7 4v9M12 4v9M17 4v9M4 18q4-4 8 0t8 0', stroke: true },
  water: { d: 'M12 4q7 9 5 13a5.500 5.500 0 0 1-10 0q-2-4 5-13' },
  cave: { d: 'M4 19q0-13 8-13t8 13h-4q0-7-4-7t-4 7z' },
  picnic: { d: 'M5 10h14M8 10l-3 8M16 10l3 8M4 14h16', stroke: true },
  guidepost: { d: 'M12 3v18M6 6h9l3 2.500L15 11H6z', stroke: true },
  shelter: { d: 'M4 11l8-6 8 6M7 11v8M17 11v8', stroke: true },
  lift: { d: 'M3 8l18-4M12 6v4M7 10h10v8H7z', stroke: true },
  church: { d: 'M12 3v6M9.500 5.500h5M6 20v-7l6-4 6 4v7z', stroke: true },
  ruins: { d: 'M5 19V9l3 3V8l4 4 3-5 1 5 3-2v9z', stroke: true },
};

const SIZE = 24;

/** A picture of so many device pixels a unit, as MapLibre takes it. */
export interface Picture {
  data: ImageData;
  pixelRatio: number;
  stretch?: { stretchX: [number, number][]; stretchY: [number, number][]; content: [number, number, number, number] };
}

/** Draws what a style asks for by its name, null when nobody knows it. */
export function drawIcon(name: string, p: Palette, ratio: number): Picture | null {
  const pixels = Math.round(SIZE * ratio);
  const canvas = new OffscreenCanvas(pixels, pixels);
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  pen.scale(ratio, ratio);
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  const done = (): Picture => ({ data: pen.getImageData(0, 0, pixels, pixels), pixelRatio: ratio });
  if (name === 'arrow') {
    pen.strokeStyle = p.loopCase;
    pen.lineWidth = 3.4;
    pen.stroke(new Path2D('M8.500 5.500l7 6.500-7 6.500'));
    return done();
  }
  if (name === 'shield') {
    pen.fillStyle = p.road.secondary;
    pen.strokeStyle = p.road.case;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.roundRect(1, 1, 22, 22, 5);
    pen.fill();
    pen.stroke();
    const [from, to] = [8 * ratio, 16 * ratio];
    const stretch = {
      stretchX: [[from, to]],
      stretchY: [[from, to]],
      content: [4 * ratio, 4 * ratio, 20 * ratio, 20 * ratio],
    };
    return { ...done(), stretch: stretch as Picture['stretch'] & object };
  }
  const glyph = glyphs[name.replace('poi-', '')];
  if (!glyph) return null;
  const shape = new Path2D(glyph.d);
  if (glyph.badge) {
    pen.beginPath();
    pen.roundRect(2, 2, 20, 20, 6);
    pen.fillStyle = p.badge[glyph.badge];
    pen.fill();
    pen.lineWidth = 1.6;
    pen.strokeStyle = p.halo;
    pen.stroke();
    pen.translate(12, 12);
    pen.scale(0.66, 0.66);
    pen.translate(-12, -12);
    pen.strokeStyle = p.badge.ink;
    pen.lineWidth = 2.6;
    pen.stroke(shape);
    return done();
  }
  const ink = name === 'poi-peak' ? p.peak : /water/.test(name) ? p.waterText : p.quietText;
  pen.translate(12, 12);
  pen.scale(0.62, 0.62);
  pen.translate(-12, -12);
  pen.strokeStyle = p.halo;
  pen.lineWidth = glyph.stroke ? 6 : 4;
  pen.stroke(shape);
  pen.strokeStyle = pen.fillStyle = ink;
  pen.lineWidth = 2.4;
  if (glyph.stroke) pen.stroke(shape);
  else pen.fill(shape);
  return done();
}
