import type { Stage } from './progress.js';

/** The last stages of every command that makes a region. */
const lastStages = (withMap: boolean): Stage[] => [
  ...(withMap ? [{ name: 'drawing the map', share: 60 }] : []),
  { name: 'preparing the planner’s tables', share: 40 },
  { name: 'writing', share: 15 },
];

export const sampleStages = (withMap: boolean): Stage[] => [
  { name: 'making the sample region', share: 20 },
  ...lastStages(withMap),
];

/** @param from the address to download from, as it may be shown; null for a file that is there */
export const importStages = (from: string | null, withMap: boolean): Stage[] => [
  ...(from === null ? [] : [{ name: `downloading ${from}`, share: 60 }]),
  { name: 'reading the extract', share: 15 },
  { name: 'building the network', share: 20 },
  ...lastStages(withMap),
];
