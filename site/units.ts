export type Units = 'metric' | 'imperial';

const METERS_A_MILE = 1_609.344;
const METERS_A_FOOT = 0.3048;

/** Miles where people walk miles. */
export const unitsOf = (locale: string): Units => (/-(US|LR|MM)$/i.test(locale) ? 'imperial' : 'metric');

/** Writes lengths, heights and times as a language does. */
export class Writer {
  constructor(
    private readonly language: string,
    private readonly units: Units,
  ) {}

  number(value: number, digits = 0): string {
    return value.toLocaleString(this.language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  }

  get distanceUnit(): string {
    return this.units === 'metric' ? 'km' : 'mi';
  }

  /** Metres in the visitor's large unit. */
  distanceValue(meters: number): number {
    return meters / (this.units === 'metric' ? 1_000 : METERS_A_MILE);
  }

  /** Metres in the visitor's small unit. */
  heightValue(meters: number): number {
    return this.units === 'metric' ? meters : meters / METERS_A_FOOT;
  }

  distance(meters: number, digits = 1): string {
    return `${this.number(this.distanceValue(meters), digits)} ${this.distanceUnit}`;
  }

  /** A height above the sea, to the whole. */
  height(meters: number): string {
    return `${this.number(this.heightValue(meters))} ${this.units === 'metric' ? 'm' : 'ft'}`;
  }

  /** A sum of climbs, which nobody knows to the metre. */
  climb(meters: number): string {
    return `${this.number(Math.round(this.heightValue(meters) / 10) * 10)} ${this.units === 'metric' ? 'm' : 'ft'}`;
  }
}

/** Hours and minutes, to five minutes. */
export function hoursOf(seconds: number): { h: number; m: string } {
  const minutes = Math.round(seconds / 300) * 5;
  return { h: Math.floor(minutes / 60), m: String(minutes % 60).padStart(2, '0') };
}
