import { cautionBit } from '../../network/network.js';
import type { WayGraph } from '../contract.js';
import type { WalkTraits } from '../survey.js';
import type { Extract } from './collection.js';
import { GroundIndex } from './grounds.js';
import type { NodeTable } from './node-table.js';
import { crossings, ringsOf } from './rings.js';
import { between, LONGEST_STRETCH_METERS } from './stretch.js';
import type { Walk } from './walk-rules.js';

const MILITARY = cautionBit('military');

interface Line {
  nodes: number[];
  walk: Walk;
}

/** Growing arrays of a graph, with copies of the nodes that nobody passes: each way ends at one of its own. */
class Lines {
  readonly lonE7: number[] = [];
  readonly latE7: number[] = [];
  readonly offset = [0];
  readonly nodes: number[] = [];
  readonly direction: number[] = [];
  readonly traits: WalkTraits[] = [];

  constructor(
    readonly table: NodeTable,
    readonly obstacles: ReadonlySet<number>,
  ) {}

  #end(node: number): number {
    if (!this.obstacles.has(node)) return node;
    this.lonE7.push(this.table.lonE7[node]!);
    return this.table.lonE7.length + this.latE7.push(this.table.latE7[node]!) - 1;
  }

  add(nodes: number[], direction: number, traits: WalkTraits): void {
    if (nodes.length < 2) return;
    for (const [i, node] of nodes.entries()) {
      this.nodes.push(i === 0 || i === nodes.length - 1 ? this.#end(node) : node);
    }
    this.offset.push(this.nodes.length);
    this.direction.push(direction);
    this.traits.push(traits);
  }

  get graph(): WayGraph {
    return {
      nodeLonE7: appended(this.table.lonE7, this.lonE7),
      nodeLatE7: appended(this.table.latE7, this.latE7),
      wayOffset: Uint32Array.from(this.offset),
      wayNodes: Uint32Array.from(this.nodes),
      direction: Uint8Array.from(this.direction),
    };
  }
}

function appended(values: Int32Array, more: number[]): Int32Array {
  if (more.length === 0) return values;
  const all = new Int32Array(values.length + more.length);
  all.set(values);
  all.set(more, values.length);
  return all;
}

/**
 * The parts of a way of which the extract has all nodes, none of them far beyond the next.
 * @throws BadExtract when the ways are together longer than those of an honest file
 */
function placedParts(refs: readonly number[], { nodes, allowance, leftOut }: Extract): number[][] {
  const parts: number[][] = [[]];
  for (const ref of refs) {
    const index = nodes.indexOf(ref);
    const part = parts.at(-1)!;
    if (!nodes.isPlaced(index)) {
      parts.push([]);
      continue;
    }
    const meters = part.length > 0 ? between(nodes, part.at(-1)!, index) : 0;
    if (meters <= LONGEST_STRETCH_METERS) {
      allowance.run(meters);
      part.push(index);
    } else {
      leftOut.stretches++;
      parts.push([index]);
    }
  }
  return parts.filter((part) => part.length > 1);
}

/** Lines over squares, from each entry to the others. */
function squareLines(extract: Extract, lines: Line[]): Line[] {
  const { ways, grounds, nodes } = extract;
  const squares: { rings: number[][]; walk: Walk }[] = [];
  for (const { refs, walk } of ways) {
    if (!walk?.isArea) continue;
    const rings = ringsOf(placedParts(refs, extract));
    if (rings.length > 0) squares.push({ rings, walk });
  }
  const wanted = grounds.filter(({ walk }) => walk !== null);
  const refsOf = new Map<number, number[]>();
  const parts = new Set(wanted.flatMap(({ wayIds }) => wayIds));
  for (const { id, refs } of ways) if (parts.has(id)) refsOf.set(id, refs);
  for (const { wayIds, walk } of wanted) {
    const rings = ringsOf(wayIds.flatMap((id) => placedParts(refsOf.get(id) ?? [], extract)));
    if (rings.length > 0) squares.push({ rings, walk: walk! });
  }
  if (squares.length === 0) return [];
  const uses = new Map<number, number>();
  for (const { rings } of squares) for (const node of new Set(rings.flat())) uses.set(node, 0);
  const use = (node: number): void => {
    const known = uses.get(node);
    if (known !== undefined) uses.set(node, known + 1);
  };
  for (const { nodes: line } of lines) for (const node of line) use(node);
  for (const { rings } of squares) for (const node of new Set(rings.flat())) use(node);
  // Used by the square itself and by something else.
  const entries = new Set([...uses].flatMap(([node, count]) => (count > 1 ? [node] : [])));
  return squares.flatMap(({ rings, walk }) => crossings(rings, entries, nodes).map((line) => ({ nodes: line, walk })));
}

/**
 * The ways of an extract that are walked, as a graph: cut where the extract has no node, where nobody passes, and where
 * what is told of them changes.
 */
export function walkGraph(extract: Extract): { graph: WayGraph; traits: WalkTraits[] } {
  const { ways, nodes } = extract;
  const indexes = (ids: Iterable<number>): number[] =>
    [...ids].map((id) => nodes.indexOf(id)).filter((index) => index >= 0);
  const obstacles = new Set(indexes(extract.obstacles));
  const told = new Map([...extract.toldNodes].map(([id, bits]) => [nodes.indexOf(id), bits]));
  const military = new GroundIndex(extract);
  const lines: Line[] = [];
  for (const { refs, walk } of ways) {
    if (!walk || walk.isArea) continue;
    for (const part of placedParts(refs, extract)) lines.push({ nodes: part, walk });
  }
  const found = new Lines(nodes, obstacles);
  // Of two ways over the same nodes the first stays: one that is open now before one that a date opens.
  const all = [...lines, ...squareLines(extract, lines)].sort(
    (a, b) => Number(a.walk.direction === 0) - Number(b.walk.direction === 0),
  );
  for (const { nodes: line, walk } of all) {
    const { traits, direction } = walk;
    const bitsAt = line.map(
      (node) => (told.get(node) ?? 0) | (walk.isExplicit ? 0 : military.holds(node) ? MILITARY : 0),
    );
    let begin = 0;
    const bitsOf = (piece: number): number => bitsAt[piece]! | bitsAt[piece + 1]!;
    for (let i = 1; i < line.length; i++) {
      const isLast = i === line.length - 1;
      if (!isLast && bitsOf(i) === bitsOf(i - 1) && !obstacles.has(line[i]!)) continue;
      const bits = bitsOf(i - 1);
      found.add(
        line.slice(begin, i + 1),
        direction,
        bits === 0 ? traits : { ...traits, cautions: traits.cautions | bits },
      );
      begin = i;
    }
  }
  return { graph: found.graph, traits: found.traits };
}
