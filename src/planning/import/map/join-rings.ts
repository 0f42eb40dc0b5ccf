/**
 * Joins lines end to end into rings, whichever way round each of them runs. What does not close is left out: at the border
 * of an extract the rest is missing.
 * @param lines names of the places along each, such as ids of nodes
 * @returns rings, the last place of each being its first
 */
export function joinRings(lines: readonly (readonly number[])[]): number[][] {
  const ending = new Map<number, number[]>();
  const used = new Uint8Array(lines.length);
  for (const [i, line] of lines.entries()) {
    if (line.length < 2) {
      used[i] = 1;
      continue;
    }
    for (const end of [line[0], line[line.length - 1]]) {
      const list = ending.get(end);
      if (list) list.push(i);
      else ending.set(end, [i]);
    }
  }
  const rings: number[][] = [];
  for (const [i, line] of lines.entries()) {
    if (used[i]) continue;
    used[i] = 1;
    const ring = [...line];
    while (ring[0] !== ring[ring.length - 1]) {
      const end = ring[ring.length - 1];
      const next = ending.get(end)!.find((candidate) => !used[candidate]);
      if (next === undefined) break;
      used[next] = 1;
      const more = lines[next];
      if (more[0] === end) for (let k = 1; k < more.length; k++) ring.push(more[k]);
      else for (let k = more.length - 2; k >= 0; k--) ring.push(more[k]);
    }
    if (ring.length > 3 && ring[0] === ring[ring.length - 1]) rings.push(ring);
  }
  return rings;
}
