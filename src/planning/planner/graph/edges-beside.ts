import type { Area } from '../../network/area.js';
import { lookUpAfter, type StopFlag } from '../stop.js';

/** Edges in the corridor of each edge (`offset[edge] … `), and for how many metres. */
export interface EdgesBeside {
  offset: Int32Array;
  beside: Int32Array;
  meters: Float64Array;
}

/**
 * The corridors of segments, summed to edges.
 * @param stepOffset by edge: its half-edges of the area are `steps[stepOffset[edge]] … `
 * @throws Cancelled when the flag says so
 */
export function edgesBeside(area: Area, stepOffset: Int32Array, steps: Int32Array, stop: StopFlag): EdgesBeside {
  const edgeCount = stepOffset.length - 1;
  const { besideOffset, beside: segmentBeside, besideMeters } = area;
  const edgeOf = new Int32Array(area.segmentCount).fill(-1);
  let most = 0;
  for (let edge = 0; edge < edgeCount; edge++) {
    for (let k = stepOffset[edge]; k < stepOffset[edge + 1]; k++) {
      lookUpAfter(k, stop);
      const segment = steps[k] >> 1;
      edgeOf[segment] = edge;
      most += besideOffset[segment + 1] - besideOffset[segment];
    }
  }
  const offset = new Int32Array(edgeCount + 1);
  const beside = new Int32Array(most);
  const meters = new Float64Array(most);
  const slotOf = new Int32Array(edgeCount).fill(-1);
  let count = 0;
  for (let edge = 0; edge < edgeCount; edge++) {
    const first = count;
    for (let k = stepOffset[edge]; k < stepOffset[edge + 1]; k++) {
      lookUpAfter(k, stop);
      const segment = steps[k] >> 1;
      for (let j = besideOffset[segment], end = besideOffset[segment + 1]; j < end; j++) {
        const other = edgeOf[segmentBeside[j]];
        if (other < 0 || other === edge) continue;
        if (slotOf[other] < first) {
          slotOf[other] = count;
          beside[count++] = other;
        }
        meters[slotOf[other]] += besideMeters[j];
      }
    }
    offset[edge + 1] = count;
  }
  return { offset, beside: beside.subarray(0, count), meters: meters.subarray(0, count) };
}
