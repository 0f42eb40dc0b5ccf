import { gunzipSync, gzipSync } from 'node:zlib';
import { PbfReader, PbfWriter } from 'pbf';

/** Field numbers of the Mapbox Vector Tile specification 2.1. */
const LAYERS = 3;
const NAME = 1;
const FEATURES = 2;
const KEYS = 3;
const VALUES = 4;
const EXTENT = 5;
const VERSION = 15;
const TAGS = 2;

interface Layer {
  name: string;
  extent: number;
  features: Uint8Array[];
  keys: string[];
  /** As they are written. */
  values: Uint8Array[];
}

function layersOf(tile: Uint8Array): Layer[] {
  return new PbfReader(tile).readFields<Layer[]>((field, layers, pbf) => {
    if (field !== LAYERS) return;
    const layer: Layer = { name: '', extent: 4_096, features: [], keys: [], values: [] };
    layers.push(
      pbf.readMessage((field, layer, pbf) => {
        if (field === NAME) layer.name = pbf.readString();
        else if (field === FEATURES) layer.features.push(pbf.readBytes());
        else if (field === KEYS) layer.keys.push(pbf.readString());
        else if (field === VALUES) layer.values.push(pbf.readBytes());
        else if (field === EXTENT) layer.extent = pbf.readVarint();
      }, layer),
    );
  }, []);
}

/** A feature whose words are numbered anew; its geometry stays the bytes it is. */
function renumbered(feature: Uint8Array, firstKey: number, firstValue: number): Uint8Array {
  const tags: number[] = [];
  const rest = new PbfWriter();
  new PbfReader(feature).readFields<null>((field, _, pbf) => {
    if (field === TAGS) pbf.readPackedVarint(tags);
    else if (pbf.type === 2) rest.writeBytesField(field, pbf.readBytes());
    else rest.writeVarintField(field, pbf.readVarint());
  }, null);
  const pbf = new PbfWriter();
  pbf.writePackedVarint(
    TAGS,
    tags.map((tag, i) => tag + (i % 2 === 0 ? firstKey : firstValue)),
  );
  const geometry = rest.finish();
  const whole = new Uint8Array(pbf.pos + geometry.length);
  whole.set(pbf.finish());
  whole.set(geometry, whole.length - geometry.length);
  return whole;
}

/**
 * One vector tile of several: layers of one name become one, for readers keep the last of two. Words that both have are
 * told twice, which is right and costs little.
 * @param bodies packed by gzip, as they are stored
 * @returns packed by gzip
 */
export function mergeTiles(bodies: readonly Uint8Array[]): Uint8Array {
  const merged = new Map<string, Layer>();
  for (const body of bodies) {
    for (const layer of layersOf(gunzipSync(body))) {
      const older = merged.get(layer.name);
      if (!older) {
        merged.set(layer.name, layer);
        continue;
      }
      for (const feature of layer.features) {
        older.features.push(renumbered(feature, older.keys.length, older.values.length));
      }
      older.keys.push(...layer.keys);
      older.values.push(...layer.values);
    }
  }
  const pbf = new PbfWriter();
  for (const layer of merged.values()) {
    pbf.writeMessage(
      LAYERS,
      ({ name, extent, features, keys, values }: Layer, into: PbfWriter) => {
        into.writeVarintField(VERSION, 2);
        into.writeStringField(NAME, name);
        for (const feature of features) into.writeBytesField(FEATURES, feature);
        for (const key of keys) into.writeStringField(KEYS, key);
        for (const value of values) into.writeBytesField(VALUES, value);
        into.writeVarintField(EXTENT, extent);
      },
      layer,
    );
  }
  return gzipSync(pbf.finish());
}
