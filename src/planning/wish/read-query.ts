import { z } from 'zod';
import { editDistance } from '../places/edit-distance.js';
import { BadValue } from './quantities.js';

/** One thing wrong with one parameter. */
export interface ParameterFault {
  parameter: string;
  given?: unknown;
  accepted?: string;
  detail: string;
}

/** Parameters that are not what they should be: all that is wrong with them, ready to be shown. */
export class UnfitQuery extends Error {
  override name = 'UnfitQuery';

  constructor(readonly faults: ParameterFault[]) {
    super(faults.map(({ detail }) => detail).join(' '));
  }
}

const LONGEST_VALUE = 200;
const LONGEST_SHOWN = 100;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;

/** What is said of a parameter. */
export interface AboutParameter {
  description: string;
  examples: string[];
  /** How its text looks: for the OpenAPI document, nothing is read by it. */
  form: z.ZodType;
}

/** A parameter in the form of a text, read by a function that throws BadValue. */
export const parameter = <T>(read: (text: string) => T, about: AboutParameter) =>
  z
    .string()
    .transform((text, context): T => {
      try {
        return read(text);
      } catch (error) {
        if (!(error instanceof BadValue)) throw error;
        context.issues.push({ code: 'custom', message: error.message, input: text });
        return z.NEVER;
      }
    })
    .meta({ ...about });

/** What was said of a parameter when it was made, whether or not it may be left out. */
export function aboutParameter(type: z.ZodType): AboutParameter {
  const inner = type instanceof z.ZodOptional ? (type.unwrap() as z.ZodType) : type;
  return inner.meta() as unknown as AboutParameter;
}

/** What people call parameters elsewhere, and what they are called here. */
const OTHER_NAMES: Record<string, string> = {
  distance: 'length',
  km: 'length',
  lat: 'near',
  lon: 'near',
  lng: 'near',
  from: 'near',
  place: 'near',
  location: 'near',
  query: 'q',
  name: 'q',
  radius: 'drive',
  difficulty: 'maxDifficulty',
  sac: 'maxDifficulty',
  ascent: 'minAscent',
  climb: 'minAscent',
  elevation: 'minAscent',
  limit: 'count',
  alternatives: 'count',
};

function nearestName(given: string, known: string[]): string | undefined {
  const folded = given.toLowerCase().replace(/\[.*$/s, '').replace(/[_-]/g, '').slice(0, LONGEST_SHOWN);
  const other = OTHER_NAMES[folded];
  if (other && known.includes(other)) return other;
  const near = known
    .map((name) => ({ name, distance: editDistance(folded, name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return near && near.distance <= Math.max(1, near.name.length / 3) ? near.name : undefined;
}

const shown = (value: string): string => (value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value);

/** What is wrong with the names and the form of the parameters, whatever they mean. */
function formFaults(raw: Record<string, unknown>, known: string[]): ParameterFault[] {
  return Object.entries(raw).flatMap(([name, value]): ParameterFault[] => {
    if (!known.includes(name)) {
      const nearest = nearestName(name, known);
      const detail = `${shown(name)} is no parameter here${nearest ? `: did you mean ${nearest}?` : '.'}`;
      return [{ parameter: shown(name), accepted: known.join(', ') || 'no parameter', detail }];
    }
    if (typeof value !== 'string')
      return [
        { parameter: name, given: 'several values', accepted: 'one value', detail: `${name} is given more than once.` },
      ];
    if (value.length > LONGEST_VALUE) {
      return [
        {
          parameter: name,
          given: shown(value),
          accepted: `at most ${LONGEST_VALUE} characters`,
          detail: `${name} is too long.`,
        },
      ];
    }
    if (CONTROL.test(value))
      return [{ parameter: name, accepted: 'printable characters', detail: `${name} holds a control character.` }];
    return [];
  });
}

/** What a schema of single parameters cannot say. */
interface Beyond<S extends z.ZodObject> {
  /** By the names that were given, also when one of them does not fit. */
  names?(given: ReadonlySet<string>): ParameterFault[];
  /** By their values, when each fits by itself. */
  values?(query: z.output<S>): ParameterFault[];
}

/**
 * Reads named strings by a schema made of `parameter`s.
 *
 * @param schema an object of parameters; the description and examples of each are shown when it does not fit
 * @param raw values by name; a value that is no string counts as given several times
 * @throws UnfitQuery with every fault at once
 */
export function readQuery<S extends z.ZodObject>(
  schema: S,
  raw: Record<string, unknown>,
  { names = () => [], values = () => [] }: Beyond<S> = {},
): z.output<S> {
  const known = Object.keys(schema.shape);
  const faults = formFaults(raw, known);
  const faulty = new Set(faults.map((fault) => fault.parameter));
  const well = Object.fromEntries(Object.entries(raw).filter(([name]) => known.includes(name) && !faulty.has(name)));
  const parsed = schema.safeParse(well);
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    if (faulty.has(name)) continue;
    const accepted = aboutParameter(schema.shape[name] as z.ZodType).examples.join(', ');
    const given = well[name];
    faults.push({
      parameter: name,
      ...(typeof given === 'string' && { given: shown(given) }),
      accepted,
      detail: given === undefined ? `${name} is missing.` : `${name} ${issue.message}.`.replace(/([.?!])\.$/, '$1'),
    });
  }
  faults.push(...names(new Set(Object.keys(raw))));
  if (parsed.success) faults.push(...values(parsed.data));
  if (faults.length > 0 || !parsed.success) throw new UnfitQuery(faults);
  return parsed.data;
}
