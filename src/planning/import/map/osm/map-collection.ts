import type { Allowance } from '../../osm/allowance.js';
import { NodeTable } from '../../osm/node-table.js';
import { NOWHERE } from '../../pbf/block.js';
import type { Nodes } from '../../pbf/nodes.js';
import type { Relation } from '../../pbf/relations.js';
import type { Way } from '../../pbf/ways.js';
import { areaOf } from './area-rules.js';
import type { Drawing } from './drawing.js';
import { boundaryOf, lineOf } from './line-rules.js';
import { MapRelations } from './map-relations.js';
import { pointOf } from './point-rules.js';

/** No drawing. */
const NONE = -1;

/** About what is kept takes, in bytes. */
const ELEMENT_BYTES = 128;
const REFERENCE_BYTES = 32;

/** A way as it was kept. */
export interface DrawnWay {
  id: number;
  refs: number[];
  isClosed: boolean;
  area: Drawing | null;
  line: Drawing | null;
  border: Drawing | null;
  point: Drawing | null;
}

/** Something drawn at one place. */
export interface DrawnPoint {
  /** As Trailhead.id. */
  id: string;
  lonE7: number;
  latE7: number;
  drawing: Drawing;
}

/**
 * Collects what a map shows, sort of element by sort of element: relations, ways, nodes. Ways are columns and not objects,
 * for there are millions of them; how they are drawn is kept once for all that are drawn alike.
 */
export class MapCollection {
  readonly #allowance: Allowance;
  readonly relations = new MapRelations();
  readonly #drawings: Drawing[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #ids: number[] = [];
  readonly #refs: number[] = [];
  readonly #offsets: number[] = [0];
  /** Four for each way: area, line, border, point. */
  readonly #drawn: number[] = [];
  /** By id; null as long as ids ascend, for then none can come again. */
  #places: Map<number, number> | null = null;
  readonly #located: { refs: number[]; places: NonNullable<Way['places']> }[] = [];
  readonly #points = new Map<number, DrawnPoint>();
  #nodesAscend = true;
  #lastNode = Number.NEGATIVE_INFINITY;
  nodes = new NodeTable([]);

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  relation(relation: Relation): void {
    if (!this.relations.add(relation)) return;
    const members = relation.outerWays.length + relation.innerWays.length;
    this.#allowance.keep(ELEMENT_BYTES + REFERENCE_BYTES * members);
  }

  endOfRelations(): void {
    this.relations.end();
  }

  #number(drawing: Drawing | null): number {
    if (!drawing) return NONE;
    const key = JSON.stringify(drawing);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      this.#allowance.keep(ELEMENT_BYTES + 2 * key.length);
      number = this.#drawings.push(drawing) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  way({ id, tags, refs, places, visible }: Way): void {
    if (this.#ids.length > 0 && id <= this.#ids[this.#ids.length - 1]) {
      this.#places ??= new Map(this.#ids.map((each, i) => [each, i]));
    }
    const older = this.#places?.get(id);
    if (older !== undefined) this.#forget(older);
    if (!visible) return;
    const isClosed = refs.length > 3 && refs[0] === refs[refs.length - 1];
    const area = isClosed && tags ? areaOf(tags) : null;
    const line = tags && lineOf(tags, this.relations.routes.get(id));
    const level = this.relations.levels.get(id);
    const border = level === undefined || tags?.maritime === 'yes' ? null : boundaryOf(level);
    const point = isClosed && tags && tags.place === undefined ? pointOf(tags) : null;
    if (!area && !line && !border && !point && !this.relations.parts.has(id)) return;
    this.#allowance.keep(ELEMENT_BYTES + REFERENCE_BYTES * refs.length);
    this.#places?.set(id, this.#ids.length);
    this.#ids.push(id);
    for (const ref of refs) this.#refs.push(ref);
    this.#offsets.push(this.#refs.length);
    for (const drawing of [area, line, border, point]) this.#drawn.push(this.#number(drawing));
    if (places) this.#located.push({ refs: Array.from(refs), places });
  }

  #forget(way: number): void {
    this.#drawn.fill(NONE, 4 * way, 4 * way + 4);
    // No relation finds it any more.
    this.#ids[way] = Number.NaN;
  }

  endOfWays(): void {
    this.nodes = new NodeTable(this.#refs);
    for (const { refs, places } of this.#located) {
      for (let i = 0; i < refs.length; i++) {
        if (places.latE7[i] !== NOWHERE) this.nodes.place(refs[i], places.lonE7[i], places.latE7[i]);
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
      const isDeleted = deleted?.[i] === 1;
      if (latE7[i] === NOWHERE && !isDeleted) continue;
      if (!this.#nodesAscend) {
        this.nodes.remove(id[i]);
        this.#points.delete(id[i]);
      }
      if (isDeleted) continue;
      this.nodes.place(id[i], lonE7[i], latE7[i]);
      const drawing = own && pointOf(own);
      if (!drawing) continue;
      this.#allowance.keep(2 * ELEMENT_BYTES);
      this.#points.set(id[i], { id: `n${id[i]}`, lonE7: lonE7[i], latE7: latE7[i], drawing });
    }
  }

  /** The nodes that are drawn by themselves. */
  get points(): Iterable<DrawnPoint> {
    return this.#points.values();
  }

  *ways(): Generator<DrawnWay> {
    for (let way = 0; way < this.#ids.length; way++) {
      const of = (i: number): Drawing | null => this.#drawings[this.#drawn[4 * way + i]] ?? null;
      const refs = this.#refs.slice(this.#offsets[way], this.#offsets[way + 1]);
      const isClosed = refs[0] === refs[refs.length - 1];
      yield { id: this.#ids[way], refs, isClosed, area: of(0), line: of(1), border: of(2), point: of(3) };
    }
  }

  /** The nodes of each way that some area is made of. */
  partRefs(): Map<number, number[]> {
    const parts = new Map<number, number[]>();
    for (let way = 0; way < this.#ids.length; way++) {
      if (!this.relations.parts.has(this.#ids[way])) continue;
      parts.set(this.#ids[way], this.#refs.slice(this.#offsets[way], this.#offsets[way + 1]));
    }
    return parts;
  }
}
