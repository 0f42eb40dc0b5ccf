import { joinClosings, readClosing, writeClosing } from '../../network/closings.js';
import { cautionBit } from '../../network/network.js';
import type { WayGraph } from '../contract.js';
import type { WalkTraits } from '../survey.js';
import type { Extract } from './collection.js';
import { GroundIndex } from './grounds.js';
import type { NodeTable } from './node-table.js';
import { crossings, ringsOf } from './rings.js';
import { between, LONGEST_STRETCH_METERS } from './stretch.js';
import type { NodeOnWay, Walk } from './walk-rules.js';

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

const PLAIN: NodeOnWay = { stops: false, cautions: 0, difficulty: 0, closing: null };

/** Whether the stretches on both sides of a node are alike, as far as nodes tell. */
function isSame(before: NodeOnWay | null, here: NodeOnWay | null, after: NodeOnWay | null): boolean {
  if (!before && !here && !after) return true;
  if ([before, here, after].some((node) => node?.closing || node?.difficulty)) return false;
  const own = here?.cautions ?? 0;
  return ((before?.cautions ?? 0) | own) === ((after?.cautions ?? 0) | own);
}

/** Direction and traits of a stretch between two nodes that have something to say. */
function toldOf(walk: Walk, ...ends: (NodeOnWay | null)[]): [number, WalkTraits] {
  let { direction, traits } = walk;
  for (const end of ends) {
    if (!end) continue;
    const closing = end.closing && joinedClosing(walk, traits.closing, end.closing);
    if (closing && !closing.openUnasked) direction = 0;
    traits = {
      ...traits,
      cautions: traits.cautions | end.cautions,
      difficulty: Math.max(traits.difficulty, end.difficulty),
      closing: closing ? writeClosing(closing) : traits.closing,
    };
  }
  return [direction, traits];
}

function joinedClosing({ direction }: Walk, ofWay: string, ofNode: NonNullable<NodeOnWay['closing']>) {
  const way = readClosing(ofWay);
  return way ? joinClosings(way, ofNode) : { ...ofNode, directions: direction };
}

/**
 * The ways of an extract that are walked, as a graph: cut where the extract has no node, where nobody passes, and where
 * what is told of them changes.
 */
export function walkGraph(extract: Extract): { graph: WayGraph; traits: WalkTraits[] } {
  const { ways, nodes } = extract;
  const onWays = new Map([...extract.nodesOnWays].map(([id, node]) => [nodes.indexOf(id), node]));
  const obstacles = new Set([...onWays].flatMap(([index, { stops }]) => (stops ? [index] : [])));
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
    // Two stretches are one piece when the same is told of both.
    const told = line.map((node): NodeOnWay | null => {
      const own = onWays.get(node) ?? null;
      return !walk.isExplicit && military.holds(node)
        ? { ...(own ?? PLAIN), cautions: (own?.cautions ?? 0) | MILITARY }
        : own;
    });
    let begin = 0;
    for (let i = 1; i < line.length; i++) {
      const isLast = i === line.length - 1;
      if (!isLast && !obstacles.has(line[i]!) && isSame(told[i - 1]!, told[i]!, told[i + 1]!)) continue;
      const [direction, traits] = toldOf(walk, told[i - 1]!, told[i]!);
      found.add(line.slice(begin, i + 1), direction, traits);
      begin = i;
    }
  }
  return { graph: found.graph, traits: found.traits };
}
