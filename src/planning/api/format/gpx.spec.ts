import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { gpx as toGeoJson } from '@tmcw/togeojson';
import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import GPX from 'gpx-parser-builder';
import { validateXML } from 'xmllint-wasm';
import { foundLoopOf } from '../../../../test/made-up-loop.js';
import { loopFeature, partsOf } from './geojson.js';
import { escapeXml, gpxDocument } from './gpx.js';

const schema = await readFile(new URL('../../../../test/gpx-1.1.xsd', import.meta.url), 'utf8');

const about = { name: 'Loops', attribution: '© OpenStreetMap contributors, ODbL 1.0', dataDate: '2026-01-01' };

const degrees = (most: number) => fc.integer({ min: -most * 1e7, max: most * 1e7 }).map((e7) => e7 / 1e7);
const height = fc.oneof(
  fc.integer({ min: -800, max: 17_000 }).map((half) => half / 2),
  fc.constant(Number.NaN),
);
const lines = fc.array(fc.tuple(degrees(180), degrees(90), height), { minLength: 2, maxLength: 30 });
/** Names as they come out of a map: any characters at all. */
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('<&>"\'', ']]>', '\u0000\u0008\ufffe', 'Coll d’Ordino'),
);

describe('loops as GPX', () => {
  test('of any shape and any name are valid, and agree with GeoJSON in two parsers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(lines, texts), { maxLength: 2 }), texts, async (loops, name) => {
        const made = loops.map(([points, trail], i) =>
          loopFeature(foundLoopOf(`id-${i}`, points, { names: [trail], difficulty: i, name })),
        );
        const features = await Promise.all(made);
        const xml = await gpxDocument(features, { ...about, name });
        const { valid, errors } = await validateXML({ xml, schema });
        expect(errors).toEqual([]);
        expect(valid).toBe(true);

        const lonOf = (lon: number) => (lon === 180 ? 179.999999 : lon + 0);
        const wanted = features.map(({ geometry }) =>
          partsOf(geometry).map((part) => part.map(([lon, lat, elevation]) => [lonOf(lon), lat + 0, elevation])),
        );

        const document = new DOMParser().parseFromString(xml, 'text/xml');
        const read = toGeoJson(document as unknown as Parameters<typeof toGeoJson>[0]).features.map(
          ({ geometry }: { geometry: unknown }) =>
            partsOf(geometry as Parameters<typeof partsOf>[0]).map((part) =>
              part.map(([lon, lat, elevation]) => [lon + 0, lat + 0, elevation]),
            ),
        );
        expect(read).toEqual(wanted);

        const tracks = [GPX.parse(xml)?.trk ?? []]
          .flat()
          .map((track) =>
            [track.trkseg]
              .flat()
              .map(({ trkpt }) =>
                [trkpt]
                  .flat()
                  .map(({ $, ele }) => [
                    Number($.lon) + 0,
                    Number($.lat) + 0,
                    ele === undefined ? undefined : Number(ele),
                  ]),
              ),
          );
        expect(tracks).toEqual(wanted);
      }),
      { numRuns: 25 },
    );
  });

  test('name the licence of OpenStreetMap where the data is from there, and nowhere else', async () => {
    expect(await gpxDocument([], about)).toContain('<license>https://www.openstreetmap.org/copyright</license>');
    expect(await gpxDocument([], { ...about, attribution: 'made up' })).not.toContain('license');
  });

  test('a point that the schema forbids would be found', async () => {
    const xml = await gpxDocument(
      [
        await loopFeature(
          foundLoopOf('a', [
            [1, 42, 0],
            [1, 42, 0],
          ]),
        ),
      ],
      about,
    );
    const { valid } = await validateXML({ xml: xml.replace('lat="42"', 'lat="142"'), schema });
    expect(valid).toBe(false);
  });

  test('escaping leaves no character that XML 1.0 cannot hold', () => {
    expect(escapeXml('a\u0000\u001f<b>&"\ud800\ufffe')).toBe('a&lt;b&gt;&amp;&quot;');
  });
});
