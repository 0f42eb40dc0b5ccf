import type { Location } from '../../network/geodesy.js';

export const round = (value: number, decimals: number): number => {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
};

/** 11 cm on the ground, and what RFC 7946 takes for enough. */
export const degrees = (value: number): number => round(value, 6);
export const roundedLocation = ({ lat, lon }: Location): Location => ({ lat: degrees(lat), lon: degrees(lon) });
export const tenths = (value: number): number => round(value, 1);
export const tenthsOrNull = (value: number | null): number | null => (value === null ? null : tenths(value));
