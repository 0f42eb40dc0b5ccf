/** A network by its segments alone. */
export interface Segments {
  from: number[];
  to: number[];
}

/**
 * Which segments are bridges: the only link between the two parts of the network that they join (Tarjan's algorithm,
 * without recursion, parallel segments told apart). Written for the tests: it shares nothing with the program.
 */
export function bridges({ from, to }: Segments): boolean[] {
  const at = new Map<number, number[]>();
  from.forEach((junction, segment) => {
    for (const end of [junction, to[segment]]) at.set(end, [...(at.get(end) ?? []), segment]);
  });
  const bridge = from.map(() => false);
  const order = new Map<number, number>();
  const low = new Map<number, number>();
  for (const root of at.keys()) {
    if (order.has(root)) continue;
    const stack = [{ junction: root, by: -1, next: 0 }];
    order.set(root, order.size);
    low.set(root, order.get(root)!);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const segment = at.get(top.junction)![top.next++];
      if (segment === undefined) {
        stack.pop();
        const parent = stack.at(-1);
        if (!parent) break;
        low.set(parent.junction, Math.min(low.get(parent.junction)!, low.get(top.junction)!));
        bridge[top.by] = low.get(top.junction)! > order.get(parent.junction)!;
        continue;
      }
      if (segment === top.by) continue;
      const far = from[segment] === top.junction ? to[segment] : from[segment];
      const seen = order.get(far);
      if (seen !== undefined) {
        low.set(top.junction, Math.min(low.get(top.junction)!, seen));
        continue;
      }
      order.set(far, order.size);
      low.set(far, order.get(far)!);
      stack.push({ junction: far, by: segment, next: 0 });
    }
  }
  return bridge;
}
