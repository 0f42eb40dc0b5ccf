import { type Area, isOpenIn } from '../../network/area.js';
import { closingText, readClosing } from '../../network/closings.js';
import { CAUTIONS, type Caution } from '../../network/network.js';
import type { LoopWarning } from '../loop-request.js';

/** What each caution says; `%` are the metres that it holds for. */
const TEXTS: Record<Caution, string> = {
  'via-ferrata': '% m are a via ferrata: they want a harness, a helmet and who knows how to use them',
  'secured-climb': '% m are secured with ladders, rungs, ropes or chains',
  ford: 'a water is forded (% m of ways beside it)',
  'hard-to-find': '% m are hard to find: the trail is hardly to be seen',
  military: '% m lie on military ground, which may be closed',
  'fast-road': '% m go along roads with fast traffic, without a pavement that is known of',
  'limited-access': '% m may be walked but are not for everybody to pass through (destination, discouraged)',
  'unclear-access': '% m say who may pass in words that are not understood',
  disused: '% m are no longer in use',
  tidal: '% m are under water when the tide is in',
  hazard: '% m are marked as dangerous',
  ice: '% m lie on ice or snow',
};

const rounded = (meters: number): string => String(Math.max(1, Math.round(meters)));

/** The dangers and limits on the way, in the order of CAUTIONS, each with its metres. */
export function cautionWarnings(area: Area, segments: ArrayLike<number>): LoopWarning[] {
  const meters = new Float64Array(CAUTIONS.length);
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i];
    const { columns } = area.tiles[area.tileOf[segment]];
    let bits = columns.cautions[area.slotOf[segment]];
    for (let bit = 0; bits !== 0; bit++, bits >>>= 1) if (bits & 1) meters[bit] += area.lengthMeters[segment];
  }
  // Bits that a newer program wrote are not known here.
  return CAUTIONS.flatMap((code, bit) =>
    meters[bit] > 0 ? [{ code, detail: TEXTS[code].replace('%', rounded(meters[bit])) }] : [],
  );
}

/** What of the way is closed at times, in the words of its tags; nothing where the day of the walk says that it is open. */
export function closingWarnings(area: Area, segments: ArrayLike<number>): LoopWarning[] {
  if (area.closings.length === 0) return [];
  const meters = new Map<string, number>();
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i];
    const { columns, strings } = area.tiles[area.tileOf[segment]];
    const closing = readClosing(strings[columns.closing[area.slotOf[segment]]]);
    if (!closing || isOpenIn(area, segment, closing) === true) continue;
    const tags = closingText(closing);
    meters.set(tags, (meters.get(tags) ?? 0) + area.lengthMeters[segment]);
  }
  return [...meters].map(([tags, walked]) => ({
    code: 'closed-at-times',
    detail: `${rounded(walked)} m are closed at times: ${tags}`,
  }));
}
