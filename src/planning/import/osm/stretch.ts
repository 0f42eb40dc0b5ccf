import { distanceMetersE7 } from '../../network/geodesy.js';
import type { NodeTable } from './node-table.js';

/** Two nodes of a way that are farther apart are not where they are said to be: the longest straight roads have more. */
export const LONGEST_STRETCH_METERS = 50_000;

/** Metres between two placed nodes, by their indexes. */
export const between = ({ lonE7, latE7 }: NodeTable, a: number, b: number): number =>
  distanceMetersE7(lonE7[a], latE7[a], lonE7[b], latE7[b]);
