import { inTurns, type Rest, resting } from '../../network/turns.js';
import type { Position } from './antimeridian.js';
import { type LoopFeature, partsOf } from './geojson.js';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text as XML 1.0 may hold it: what has no place there at all (control characters, lone surrogates) is left out. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!);

const element = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`;

const kilometers = (meters: number): string => `${(meters / 1000).toFixed(1)} km`;

/** What a loop is called where it is one among others: its length, its ascent and where it begins. */
export function loopTitle({ properties }: LoopFeature): string {
  const from = properties.trailhead.name;
  const up = properties.ascentMeters === null ? '' : `, ${Math.round(properties.ascentMeters)} m up`;
  return `${kilometers(properties.lengthMeters)} loop${from === null ? '' : ` from ${from}`}${up}`;
}

function description({ properties }: LoopFeature): string {
  // To minutes first: 59 and a half are an hour.
  const minutes = Math.round(properties.durationSeconds / 60);
  const time = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')} h`;
  return [
    `Walking time ${properties.unknownHeightMeters > 0 ? 'at least ' : ''}${time} without breaks.`,
    properties.difficulty === null ? 'Difficulty unknown.' : `Difficulty ${properties.difficulty} (SAC scale).`,
    ...(properties.names.length > 0 ? [`Follows ${properties.names.join(', ')}.`] : []),
    ...properties.warnings.map(({ detail }) => `${detail[0]!.toUpperCase()}${detail.slice(1).replace(/\.$/, '')}.`),
  ].join(' ');
}

function trackPoint([lon, lat, elevation]: Position): string {
  const height = elevation === undefined ? '' : `<ele>${elevation}</ele>`;
  // GPX ends before 180, and -180 would lead a map that joins the points once round the earth.
  return `      <trkpt lat="${lat}" lon="${lon === 180 ? 179.999999 : lon}">${height}</trkpt>`;
}

async function track(feature: LoopFeature, rest: Rest): Promise<string[]> {
  const lines = [
    '  <trk>',
    `    ${element('name', loopTitle(feature))}`,
    `    ${element('desc', description(feature))}`,
    '    <type>hiking</type>',
  ];
  for (const part of partsOf(feature.geometry)) {
    lines.push('    <trkseg>');
    await inTurns(part.length, (from, to) => lines.push(part.slice(from, to).map(trackPoint).join('\n')), rest);
    lines.push('    </trkseg>');
  }
  return [...lines, '  </trk>'];
}

/** What a GPX file says of itself. */
export interface GpxAbout {
  name: string;
  attribution: string;
  /** ISO 8601 date of the data; null when it does not say. */
  dataDate: string | null;
}

/** Whether the data comes from OpenStreetMap, whose licence wants to be named and linked. */
const isOpenStreetMap = (attribution: string): boolean => attribution.includes('OpenStreetMap');

/**
 * GPX 1.1 (https://www.topografix.com/GPX/1/1/): one track a loop, in segments where the antimeridian
 * cuts it, elevations where they are known. Made while the main loop turns.
 * @param features may be none: the file then holds no track
 */
export async function gpxDocument(features: LoopFeature[], about: GpxAbout, rest: Rest = resting()): Promise<string> {
  const tracks: string[] = [];
  for (const feature of features) tracks.push(...(await track(feature, rest)));
  const osm = isOpenStreetMap(about.attribution);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gpx version="1.1" creator="Loopwright" xmlns="http://www.topografix.com/GPX/1/1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd">',
    '  <metadata>',
    `    ${element('name', about.name)}`,
    `    ${element('desc', `Planned on data of ${about.dataDate ?? 'an unknown day'}. ${about.attribution}`)}`,
    `    <copyright author="${escapeXml(about.attribution)}">${osm ? '<license>https://www.openstreetmap.org/copyright</license>' : ''}</copyright>`,
    '  </metadata>',
    ...tracks,
    '</gpx>',
    '',
  ].join('\n');
}
