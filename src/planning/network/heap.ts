/**
 * A priority queue of (key, node) in flat arrays, four children a node, no decrease of keys: whoever pops skips nodes that
 * were settled before. Grows, never shrinks, so that a warm planner allocates nothing.
 */
export class Heap {
  keys = new Float64Array(1024);
  nodes = new Int32Array(1024);
  size = 0;
  /** Key of the node that `pop` gave last. */
  key = 0;

  clear(): void {
    this.size = 0;
  }

  push(key: number, node: number): void {
    let at = this.size++;
    if (at === this.keys.length) this.#grow();
    const { keys, nodes } = this;
    while (at > 0) {
      const parent = (at - 1) >> 2;
      const above = keys[parent];
      if (key >= above) break;
      keys[at] = above;
      nodes[at] = nodes[parent];
      at = parent;
    }
    keys[at] = key;
    nodes[at] = node;
  }

  /** The node with the smallest key, -1 when there is none. */
  pop(): number {
    if (this.size === 0) return -1;
    const { keys, nodes } = this;
    const top = nodes[0];
    this.key = keys[0];
    const size = --this.size;
    const key = keys[size];
    const node = nodes[size];
    let at = 0;
    for (let child = 1; child < size; child = 4 * at + 1) {
      const end = Math.min(child + 4, size);
      let least = child;
      for (let k = child + 1; k < end; k++) if (keys[k] < keys[least]) least = k;
      if (keys[least] >= key) break;
      keys[at] = keys[least];
      nodes[at] = nodes[least];
      at = least;
    }
    keys[at] = key;
    nodes[at] = node;
    return top;
  }

  #grow(): void {
    const keys = new Float64Array(2 * this.keys.length);
    const nodes = new Int32Array(2 * this.nodes.length);
    keys.set(this.keys);
    nodes.set(this.nodes);
    this.keys = keys;
    this.nodes = nodes;
  }
}
