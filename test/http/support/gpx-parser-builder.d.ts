/** The part of the package (which brings no types) that the tests use. */
declare module 'gpx-parser-builder' {
  interface Point {
    $: { lat: string; lon: string };
    ele?: string | number;
  }
  interface Segment {
    trkpt: Point | Point[];
  }
  interface Track {
    trkseg: Segment | Segment[];
  }
  export default class GPX {
    static parse(xml: string): GPX | undefined;
    trk?: Track | Track[];
  }
}
