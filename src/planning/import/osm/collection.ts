import type { MapCollection } from '../map/osm/map-collection.js';
import { NOWHERE } from '../pbf/block.js';
import type { Nodes } from '../pbf/nodes.js';
import type { Relation } from '../pbf/relations.js';
import type { Way } from '../pbf/ways.js';
import type { Allowance } from './allowance.js';
import { driveOf, stopsCars } from './drive-rules.js';
import { type Feature, featureOf } from './feature-rules.js';
import type { LeftOut } from './left-out.js';
import { NodeTable } from './node-table.js';
import { isHikingRoute, RouteNames } from './route-names.js';
import type { Tags } from './tags.js';
import { isMilitaryGround, type NodeOnWay, nodeOnWay, type Walk, walkOf } from './walk-rules.js';

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
interface ShapedRelation {
  id: number;
  wayIds: number[];
  feature: Feature;
}

/** What an OpenStreetMap extract holds for walkers and drivers. */
export interface Extract {
  /** ISO 8601 date; null when neither the file nor any element in it says. */
  dataDate: string | null;
  ways: KeptWay[];
  relations: ShapedRelation[];
  features: KeptNode[];
  /** Ids of nodes where a car cannot go on; not all of them lie on a road. */
  barriers: number[];
  /** What nodes do to the ways over them, by id; not all of them lie on a way. */
  nodesOnWays: Map<number, NodeOnWay>;
  grounds: KeptGround[];
  nodes: NodeTable;
  leftOut: LeftOut;
  /** What a map shows; null when nobody wants one. */
  map: MapCollection | null;
  /** What more may be made of it. */
  allowance: Allowance;
}

/** A hiking route, a feature made of several ways, or ground that they bound. */
interface KeptRelation {
  id: number;
  wayIds: number[];
  /** Relations in it. */
  parts: number[];
  /** Set when it is a hiking route. */
  routeTags: Tags | null;
  feature: Feature | null;
  ground: KeptGround | null;
}

/** About what objects take, in bytes; measured for none, so generous. */
const ELEMENT_BYTES = 256;
const REFERENCE_BYTES = 32;

/** Every further word of a name is a key of its own to find it by, from there on. */
const nameBytes = (name: string | null | undefined): number => (name ? name.length * name.split(' ').length : 0);

function featureBytes(feature: Feature | null): number {
  if (!feature) return 0;
  const others = feature.place?.otherNames.reduce((sum, name) => sum + 64 + nameBytes(name), 0) ?? 0;
  return ELEMENT_BYTES + others + nameBytes(feature.place?.name ?? feature.parking?.name ?? feature.stay?.name);
}

/** The square or the military ground that a multipolygon is; null when it is neither. */
function groundOf(tags: Tags, wayIds: number[]): KeptGround | null {
  if (tags.type !== 'multipolygon') return null;
  const walk = walkOf({ ...tags, area: 'yes' }, true);
  const isMilitary = isMilitaryGround(tags);
  return walk || isMilitary ? { wayIds, walk, isMilitary } : null;
}

/**
 * Collects what walkers and drivers need, sort of element by sort of element: relations, then ways, then nodes, for each
 * needs what came before it. Of an element that comes again the last one counts, in the place of the first.
 */
export class Collection {
  readonly #allowance: Allowance;
  readonly #leftOut: LeftOut;
  readonly #relations = new Map<number, KeptRelation>();
  #routesByWay = new Map<number, string[]>();
  readonly #parts = new Set<number>();
  readonly #ways: (KeptWay | null)[] = [];
  /** Where each way stands in #ways; null as long as their ids ascend, for then none can come again. */
  #wayPlaces: Map<number, number> | null = null;
  #lastWay = Number.NEGATIVE_INFINITY;
  /** Of ways that tell where their nodes are: lon and lat of all of them, way after way. */
  readonly #located: { refs: number[]; places: NonNullable<Way['places']> }[] = [];
  readonly #features = new Map<number, KeptNode>();
  readonly #barriers = new Set<number>();
  readonly #nodesOnWays = new Map<number, NodeOnWay>();
  #nodesAscend = true;
  #lastNode = Number.NEGATIVE_INFINITY;
  nodes = new NodeTable([]);
  #waysTellPlaces = false;

  constructor(allowance: Allowance, leftOut: LeftOut) {
    this.#allowance = allowance;
    this.#leftOut = leftOut;
  }

  relation(relation: Relation): void {
    if (this.#relations.has(relation.id)) this.#leftOut.doubles++;
    const kept = relation.visible ? this.#keptRelation(relation) : null;
    if (kept) this.#relations.set(kept.id, kept);
    else this.#relations.delete(relation.id);
  }

  #keptRelation({ id, tags, outerWays, innerWays, parts }: Relation): KeptRelation | null {
    if (!tags || outerWays.length + parts.length === 0) return null;
    const wayIds = [...new Set(outerWays)];
    const routeTags = isHikingRoute(tags) ? tags : null;
    const feature = wayIds.length > 0 ? featureOf(tags) : null;
    const ground = groundOf(tags, [...new Set([...wayIds, ...innerWays])]);
    if (!routeTags && !feature && !ground) return null;
    const references = wayIds.length + parts.length + (ground?.wayIds.length ?? 0);
    this.#allowance.keep(ELEMENT_BYTES + REFERENCE_BYTES * references + featureBytes(feature));
    return { id, wayIds, parts: routeTags ? parts : [], routeTags, feature, ground };
  }

  /** All relations are known: from now on it is which ways are in them. */
  endOfRelations(): void {
    const routes = new RouteNames();
    for (const { id, wayIds, parts, routeTags, feature, ground } of this.#relations.values()) {
      if (feature) for (const way of wayIds) this.#parts.add(way);
      if (ground) for (const way of ground.wayIds) this.#parts.add(way);
      if (routeTags) routes.add(id, routeTags, wayIds, parts);
    }
    this.#routesByWay = routes.byWay();
  }

  way(way: Way): void {
    if (way.id <= this.#lastWay) this.#wayPlaces ??= new Map(this.#ways.map((kept, i) => [kept!.id, i]));
    else this.#lastWay = way.id;
    const kept = way.visible ? this.#keptWay(way) : null;
    const older = this.#wayPlaces?.get(way.id);
    if (older !== undefined) {
      this.#leftOut.doubles++;
      this.#ways[older] = kept;
    } else if (kept) {
      this.#wayPlaces?.set(way.id, this.#ways.length);
      this.#ways.push(kept);
    }
    if (!kept || !way.places) return;
    this.#waysTellPlaces = true;
    this.#located.push({ refs: kept.refs, places: way.places });
  }

  #keptWay({ id, tags, refs }: Way): KeptWay | null {
    const closed = refs.length > 2 && refs[0] === refs[refs.length - 1];
    const walk = tags && walkOf(tags, closed);
    const drive = tags && driveOf(tags, closed);
    const feature = tags && featureOf(tags);
    const isMilitary = closed && tags !== null && isMilitaryGround(tags);
    if (!walk && !drive && !feature && !isMilitary && !this.#parts.has(id)) return null;
    const routes = this.#routesByWay.get(id);
    if (walk && routes) walk.traits.routes = routes;
    const routeBytes = walk && routes ? 8 * routes.length : 0;
    this.#allowance.keep(ELEMENT_BYTES + REFERENCE_BYTES * refs.length + featureBytes(feature) + routeBytes);
    const own: number[] = new Array(refs.length);
    for (let i = 0; i < refs.length; i++) own[i] = refs[i];
    return { id, refs: own, walk, drive, feature, isMilitary };
  }

  /** All ways are known: from now on their nodes are. */
  endOfWays(): void {
    const ids: number[] = [];
    for (const way of this.#ways) if (way) for (const ref of way.refs) ids.push(ref);
    this.nodes = new NodeTable(ids);
    for (const { refs, places } of this.#located) {
      for (let i = 0; i < refs.length; i++) {
        if (places.latE7[i] === NOWHERE) this.#leftOut.places++;
        else this.nodes.place(refs[i], places.lonE7[i], places.latE7[i]);
      }
    }
    this.#located.length = 0;
  }

  nodesOf({ id, lonE7, latE7, deleted, tagged, tags }: Nodes): void {
    let next = 0;
    for (let i = 0; i < id.length; i++) {
      const own = tagged[next] === i ? tags[next++] : null;
      if (this.#nodesAscend && id[i] > this.#lastNode) this.#lastNode = id[i];
      else this.#nodesAscend = false;
      if (latE7[i] === NOWHERE && deleted?.[i] !== 1) {
        this.#leftOut.places++;
        continue;
      }
      if (!this.#nodesAscend) this.#forget(id[i]);
      if (deleted?.[i] === 1) continue;
      this.nodes.place(id[i], lonE7[i], latE7[i]);
      if (own) this.#tagged(id[i], lonE7[i], latE7[i], own);
    }
  }

  /** What is known of a node that may have come before; its features stay until it is known what it is now. */
  #forget(id: number): void {
    const wasPlaced = this.nodes.remove(id);
    const wasBarrier = this.#barriers.delete(id);
    const wasFeature = this.#features.delete(id);
    this.#nodesOnWays.delete(id);
    if ((wasPlaced && !this.#waysTellPlaces) || wasBarrier || wasFeature) this.#leftOut.doubles++;
  }

  #tagged(id: number, lonE7: number, latE7: number, tags: Tags): void {
    if (stopsCars(tags)) {
      this.#allowance.keep(REFERENCE_BYTES);
      this.#barriers.add(id);
    }
    const onWay = nodeOnWay(tags);
    if (onWay) {
      this.#allowance.keep(ELEMENT_BYTES + (onWay.closing?.tags.length ?? 0));
      this.#nodesOnWays.set(id, onWay);
    }
    const feature = featureOf(tags);
    if (!feature) return;
    this.#allowance.keep(ELEMENT_BYTES + featureBytes(feature));
    this.#features.set(id, { id, lonE7, latE7, feature });
  }

  /** All that was kept, once every node has been seen. */
  get result(): Omit<Extract, 'dataDate' | 'leftOut' | 'map' | 'allowance'> {
    return {
      ways: this.#ways.filter((way) => way !== null),
      relations: [...this.#relations.values()].flatMap(({ id, wayIds, feature }) =>
        feature ? [{ id, wayIds, feature }] : [],
      ),
      features: [...this.#features.values()],
      barriers: [...this.#barriers],
      nodesOnWays: this.#nodesOnWays,
      grounds: [...this.#relations.values()].flatMap(({ ground }) => ground ?? []),
      nodes: this.nodes,
    };
  }
}
