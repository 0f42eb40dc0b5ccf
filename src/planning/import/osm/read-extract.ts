import type { FileHandle } from 'node:fs/promises';
import { type BlockPlace, blockAt, blockPlaces, headerOf, sortsIn } from './blocks.js';
import { driveOf, stopsCars } from './drive-rules.js';
import { elementsOf, type OsmNode, type OsmRelation, type OsmWay } from './elements.js';
import { type Feature, featureOf } from './feature-rules.js';
import { NodeTable } from './node-table.js';
import { RouteNames } from './route-names.js';
import { cautionsOf, isMilitaryGround, stopsWalkers, type Walk, walkOf } from './walk-rules.js';

/** A way that is something to a walker or a driver, or a part of such a thing. */
export interface KeptWay {
  id: number;
  refs: number[];
  walk: Walk | null;
  drive: ReturnType<typeof driveOf>;
  feature: Feature | null;
  /** Closed, with military ground inside. */
  isMilitary: boolean;
}

/** Ground that several ways bound. */
interface KeptGround {
  wayIds: number[];
  /** Set when it is a square to be walked across. */
  walk: Walk | null;
  isMilitary: boolean;
}

export interface KeptNode {
  id: number;
  lonE7: number;
  latE7: number;
  feature: Feature;
}

/** A feature made of several ways. */
interface KeptRelation {
  id: number;
  wayIds: number[];
  feature: Feature;
}

/** What an OpenStreetMap extract holds for walkers and drivers. */
export interface Extract {
  /** ISO 8601 date; null when neither the file nor any element in it says. */
  dataDate: string | null;
  ways: KeptWay[];
  relations: KeptRelation[];
  features: KeptNode[];
  /** Ids of nodes where a car cannot go on; not all of them lie on a road. */
  barriers: number[];
  /** Ids of nodes where a walker cannot go on. */
  obstacles: number[];
  /** What a walker must be told of some nodes, bits by id. */
  toldNodes: Map<number, number>;
  grounds: KeptGround[];
  nodes: NodeTable;
}

/** Collects, sort of element by sort of element; each needs what came before it. */
class Collection {
  readonly ways: KeptWay[] = [];
  readonly relations: KeptRelation[] = [];
  readonly features: KeptNode[] = [];
  readonly barriers: number[] = [];
  readonly obstacles: number[] = [];
  readonly toldNodes = new Map<number, number>();
  readonly grounds: KeptGround[] = [];
  readonly #routes = new RouteNames();
  nodes = new NodeTable([]);
  newestMs = 0;
  #routesByWay = new Map<number, string[]>();
  readonly #parts = new Set<number>();

  relation({ id, tags = {}, members }: OsmRelation): void {
    const wayIds = members.flatMap(({ type, ref, role }) => (type === 'way' && role !== 'inner' ? [ref] : []));
    const partIds = members.flatMap(({ type, ref }) => (type === 'relation' ? [ref] : []));
    this.#routes.add(id, tags, wayIds, partIds);
    if (tags.type === 'multipolygon') {
      const all = members.flatMap(({ type, ref }) => (type === 'way' ? [ref] : []));
      const walk = walkOf({ ...tags, area: 'yes' }, true);
      const isMilitary = isMilitaryGround(tags);
      if (walk || isMilitary) this.grounds.push({ wayIds: all, walk, isMilitary });
      if (walk || isMilitary) for (const way of all) this.#parts.add(way);
    }
    const feature = featureOf(tags);
    if (!feature || wayIds.length === 0) return;
    this.relations.push({ id, wayIds, feature });
    for (const way of wayIds) this.#parts.add(way);
  }

  /** All relations are known: from now on it is which routes follow a way. */
  endOfRelations(): void {
    this.#routesByWay = this.#routes.byWay();
  }

  way({ id, tags = {}, refs }: OsmWay): void {
    const closed = refs.length > 2 && refs[0] === refs.at(-1);
    const walk = walkOf(tags, closed);
    const drive = driveOf(tags, closed);
    const feature = featureOf(tags);
    const isMilitary = closed && isMilitaryGround(tags);
    if (!walk && !drive && !feature && !isMilitary && !this.#parts.has(id)) return;
    const routes = this.#routesByWay.get(id);
    if (walk && routes) walk.traits.routes = routes;
    this.ways.push({ id, refs, walk, drive, feature, isMilitary });
  }

  /** All ways are known: from now on their nodes are. */
  endOfWays(): void {
    const ids: number[] = [];
    for (const { refs } of this.ways) for (const ref of refs) ids.push(ref);
    this.nodes = new NodeTable(ids);
  }

  node({ id, lat, lon, tags }: OsmNode): void {
    this.nodes.place(id, lat, lon);
    if (!tags) return;
    if (stopsCars(tags)) this.barriers.push(id);
    if (stopsWalkers(tags)) this.obstacles.push(id);
    const told = cautionsOf(tags);
    if (told !== 0) this.toldNodes.set(id, told);
    const feature = featureOf(tags);
    if (feature) this.features.push({ id, lonE7: Math.round(lon * 1e7), latE7: Math.round(lat * 1e7), feature });
  }
}

/**
 * Reads an extract: relations first (which ways carry a hiking route), then ways (which nodes matter), then nodes.
 * @param onProgress called with the part done, 0–1, often; what it throws ends the reading
 * @throws BadExtract when the file is damaged, cut off, or no extract
 */
export async function readExtract(file: FileHandle, onProgress: (part: number) => void): Promise<Extract> {
  const { size } = await file.stat();
  const found = new Collection();
  const wayBlocks: BlockPlace[] = [];
  const nodeBlocks: BlockPlace[] = [];
  let replicatedAtMs: number | null = null;

  const take = (block: Buffer, sort: 'node' | 'way' | 'relation'): void => {
    for (const element of elementsOf(block, replicatedAtMs === null)) {
      found.newestMs = Math.max(found.newestMs, element.info?.timestamp ?? 0);
      if (element.type !== sort) continue;
      if (element.type === 'node') found.node(element);
      else if (element.type === 'way') found.way(element);
      else found.relation(element);
    }
  };

  for await (const place of blockPlaces(file)) {
    onProgress((0.1 * place.start) / size);
    if (place.type !== 'OSMHeader' && place.type !== 'OSMData') continue;
    const block = await blockAt(file, place);
    if (place.type === 'OSMHeader') {
      ({ replicatedAtMs } = headerOf(block));
      continue;
    }
    const sorts = sortsIn(block);
    if (sorts.ways) wayBlocks.push(place);
    if (sorts.nodes) nodeBlocks.push(place);
    if (sorts.relations) take(block, 'relation');
  }
  found.endOfRelations();
  const blocks = wayBlocks.length + nodeBlocks.length;
  let done = 0;
  const passOver = async (places: BlockPlace[], sort: 'node' | 'way'): Promise<void> => {
    for (const place of places) {
      take(await blockAt(file, place), sort);
      onProgress(0.1 + (0.9 * ++done) / blocks);
    }
  };
  await passOver(wayBlocks, 'way');
  found.endOfWays();
  await passOver(nodeBlocks, 'node');

  const truthMs = replicatedAtMs ?? found.newestMs;
  return {
    dataDate: truthMs > 0 ? new Date(truthMs).toISOString().slice(0, 10) : null,
    ways: found.ways,
    relations: found.relations,
    features: found.features,
    barriers: found.barriers,
    obstacles: found.obstacles,
    toldNodes: found.toldNodes,
    grounds: found.grounds,
    nodes: found.nodes,
  };
}
