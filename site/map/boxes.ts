/** West, south, east, north. */
export type Box = [number, number, number, number];

/** A box whose east is greater than its west, beyond 180° where the antimeridian lies between. */
export function unrolled(bbox: number[]): Box {
  const [west, south, east, north] = bbox as Box;
  return [west, south, east < west ? east + 360 : east, north];
}

/** The box around some. */
export const around = (boxes: Box[]): Box =>
  boxes.reduce(([w, s, e, n], box) => [
    Math.min(w, box[0]),
    Math.min(s, box[1]),
    Math.max(e, box[2]),
    Math.max(n, box[3]),
  ]);

const touch = ([w, s, e, n]: Box, box: Box): boolean => box[0] <= e && box[2] >= w && box[1] <= n && box[3] >= s;

/** Boxes of which no two touch: those that do become the one around them. */
export function apart(boxes: Box[]): Box[] {
  const done: Box[] = [];
  for (let box of boxes) {
    for (let other = done.findIndex((each) => touch(each, box)); other >= 0; ) {
      box = around([box, ...done.splice(other, 1)]);
      other = done.findIndex((each) => touch(each, box));
    }
    done.push(box);
  }
  return done;
}
