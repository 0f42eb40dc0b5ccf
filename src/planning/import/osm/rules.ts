import type { Caution, Kind } from '../../network/network.js';

/**
 * What is made of the tags of OpenStreetMap: every rule that decides who may pass, how hard a way is and what joins, in
 * the wiki's terms. Code reads these tables and docs/rules.md is written from them, so that neither can say what the
 * other does not. The notation is that of `condition` in tags.ts; in each table the first rule that holds counts, but
 * where it says that all do.
 */
export interface Rule {
  when: string;
  /** What follows, for who reads the page. */
  so: string;
}

/**
 * The words of access tags (wiki.openstreetmap.org/wiki/Key:access). A list is open when one of its words is, else closed
 * when one is.
 * - `open`: everybody may pass
 * - `limited`: one may pass, but is to be told
 * - `closed`: only some may, and a stranger is none of them
 * - `unsaid`: as if the tag were not there
 * A word that is not here is not understood: who walks passes and is told, who drives does not.
 */
export const ACCESS_WORDS: Record<'open' | 'limited' | 'closed' | 'unsaid', readonly string[]> = {
  open: ['yes', 'designated', 'permissive', 'official', 'public', 'allowed', 'foot', 'dismount'],
  limited: ['destination', 'discouraged'],
  closed: [
    'no',
    'private',
    'restricted',
    'customers',
    'customer',
    'patrons',
    'guests',
    'employees',
    'staff',
    'members',
    'member',
    'residents',
    'resident',
    'tenants',
    'owners',
    'owner',
    'students',
    'school',
    'delivery',
    'agricultural',
    'forestry',
    'farm',
    'military',
    'emergency',
    'permit',
    'key',
    'use_sidepath',
    'impassable',
    'none',
  ],
  unsaid: ['unknown', 'undefined', 'fixme', 'limited'],
};

/** Words that say of cars what they do not say of walkers. */
export const CAR_WORDS: { open: readonly string[]; closed: readonly string[] } = {
  open: ['destination', 'permissive', 'motorcar', 'visitors'],
  closed: ['bus', 'psv', 'taxi', 'hgv', 'bicycle', 'dismount', 'foot', 'discouraged', 'forest', 'service'],
};

/** From the most special key to the most general; the first that says open or closed counts. */
export const ACCESS_KEYS = {
  foot: ['foot', 'access'],
  car: ['motorcar', 'motor_vehicle', 'vehicle', 'access'],
} as const;

/** Lifecycle: what is not there, whatever else it is tagged as. */
export const NOT_THERE: readonly Rule[] = [
  { when: 'abandoned=*', so: 'given up' },
  { when: 'demolished=*', so: 'gone' },
  { when: 'razed=*', so: 'gone' },
  { when: 'removed=*', so: 'gone' },
  { when: 'dismantled=*', so: 'gone' },
  { when: 'proposed=*', so: 'only planned' },
  { when: 'planned=*', so: 'only planned' },
  { when: 'construction=* + !construction=minor', so: 'being built' },
];

/** Ways that nobody walks, though their class says otherwise. */
export const NEVER_WALKED: readonly Rule[] = [
  { when: 'conveying=*', so: 'an escalator or a moving walkway' },
  { when: 'highway=elevator', so: 'a lift' },
  { when: 'ice_road=*', so: 'open water for most of the year' },
];

/** What a way is to a walker: the first that holds. `needs` says what must be tagged beside, or it is none. */
export const WALKED: readonly { when: string; kind: Kind; needs?: 'foot' | 'foot or sidewalk' }[] = [
  { when: 'motorroad=yes', kind: 'trunk', needs: 'foot' },
  { when: 'highway=motorway|motorway_link', kind: 'trunk', needs: 'foot' },
  { when: 'highway=footway|path|steps|pedestrian + indoor=yes|room|corridor', kind: 'corridor' },
  { when: 'highway=service|track|footway|path + service=parking_aisle|drive-through', kind: 'service' },
  { when: 'highway=cycleway + service=parking_aisle|drive-through', kind: 'service', needs: 'foot' },
  {
    when: 'highway=footway|path|steps|pedestrian + footway=sidewalk|crossing|traffic_island|access_aisle',
    kind: 'pavement',
  },
  { when: 'highway=path + path=sidewalk|crossing', kind: 'pavement' },
  { when: 'highway=footway|path + is_sidepath=yes', kind: 'pavement' },
  { when: 'highway=footway|path + crossing=*', kind: 'pavement' },
  { when: 'highway=cycleway + footway=sidewalk|crossing|traffic_island', kind: 'pavement', needs: 'foot' },
  { when: 'highway=cycleway + cycleway=sidewalk|crossing|lane|track', kind: 'pavement', needs: 'foot' },
  { when: 'highway=path', kind: 'path' },
  { when: 'highway=footway', kind: 'footway' },
  { when: 'highway=track', kind: 'track' },
  { when: 'highway=bridleway', kind: 'bridleway' },
  { when: 'highway=steps|ladder', kind: 'steps' },
  { when: 'highway=cycleway', kind: 'cycleway', needs: 'foot' },
  { when: 'highway=pedestrian', kind: 'pedestrian' },
  { when: 'highway=living_street', kind: 'living_street' },
  { when: 'highway=service', kind: 'service' },
  { when: 'highway=residential', kind: 'residential' },
  { when: 'highway=unclassified', kind: 'unclassified' },
  { when: 'highway=road', kind: 'road' },
  { when: 'highway=tertiary|tertiary_link', kind: 'tertiary' },
  { when: 'highway=secondary|secondary_link', kind: 'secondary' },
  { when: 'highway=primary|primary_link', kind: 'primary' },
  { when: 'highway=trunk|trunk_link', kind: 'trunk', needs: 'foot or sidewalk' },
  { when: 'highway=corridor', kind: 'corridor' },
  { when: 'highway=platform', kind: 'platform' },
  { when: 'railway=platform + !highway=*', kind: 'platform' },
  { when: 'public_transport=platform + !highway=* + !railway=*', kind: 'platform' },
  { when: 'man_made=pier + !highway=*', kind: 'pier' },
];

/** Kinds that have a pavement of their own where `sidewalk=separate` says so: one walks there, not here. */
export const WITH_SIDEWALKS: readonly Kind[] = [
  'road',
  'unclassified',
  'residential',
  'tertiary',
  'secondary',
  'primary',
  'trunk',
];

/** A pavement beside the road. */
export const SIDEWALK: readonly Rule[] = [
  { when: 'sidewalk=both|left|right|yes', so: 'a pavement' },
  { when: 'sidewalk:both=yes', so: 'a pavement' },
  { when: 'sidewalk:left=yes', so: 'a pavement' },
  { when: 'sidewalk:right=yes', so: 'a pavement' },
];
export const SIDEWALK_ELSEWHERE: readonly Rule[] = [
  { when: 'sidewalk=separate', so: 'the pavement is a way of its own' },
  { when: 'sidewalk:both=separate', so: 'the pavement is a way of its own' },
  { when: 'sidewalk:left=separate', so: 'the pavement is a way of its own' },
  { when: 'sidewalk:right=separate', so: 'the pavement is a way of its own' },
];

/** Traffic is fast from this limit on; where no limit is told, on these classes. */
export const FAST_KMH = 70;
export const FAST_KINDS: readonly Kind[] = ['trunk', 'primary', 'secondary'];

/** Nodes that end a way for walkers. Not these: a node that `foot` (else `access`) opens. */
export const STOPS_WALKERS: readonly Rule[] = [
  { when: 'barrier=* + locked=yes', so: 'locked' },
  { when: 'barrier=wall|fence|hedge|city_wall|retaining_wall', so: 'no way through' },
  { when: 'highway=elevator', so: 'a lift' },
];
/** Nodes whose `foot` and `access` say who may pass. */
export const GATES: readonly Rule[] = [
  { when: 'barrier=*', so: 'a gate or another barrier' },
  { when: 'highway=gate|crossing|toll_gantry', so: 'an old spelling of one' },
  { when: 'entrance=*', so: 'a door' },
  { when: 'railway=level_crossing|crossing', so: 'a crossing of rails' },
];

/** What a walker is told of a way or of a node on it; all that hold. */
export const TOLD: readonly { when: string; caution: Caution }[] = [
  { when: 'via_ferrata_scale=*', caution: 'via-ferrata' },
  { when: 'via_ferrata=*', caution: 'via-ferrata' },
  { when: 'ladder=*', caution: 'secured-climb' },
  { when: 'highway=ladder', caution: 'secured-climb' },
  { when: 'rungs=*', caution: 'secured-climb' },
  { when: 'safety_rope=*', caution: 'secured-climb' },
  { when: 'assisted_trail=*', caution: 'secured-climb' },
  { when: 'surface=ice|snow', caution: 'ice' },
  { when: 'ford=*', caution: 'ford' },
  { when: 'highway=ford', caution: 'ford' },
  { when: 'trail_visibility=bad|horrible|no', caution: 'hard-to-find' },
  { when: 'military=*', caution: 'military' },
  { when: 'landuse=military', caution: 'military' },
  { when: 'disused=*', caution: 'disused' },
  { when: 'tidal=*', caution: 'tidal' },
  { when: 'hazard=*', caution: 'hazard' },
  { when: 'foot=discouraged', caution: 'limited-access' },
];

/** Grades of the SAC hiking scale that follow from other tags: a way is at least so hard. All that hold. */
export const AT_LEAST: readonly { when: string; grade: number; so: string }[] = [
  { when: 'via_ferrata_scale=0|1|1-|1+|a|k1|f', grade: 5, so: 'an easy via ferrata' },
  { when: 'via_ferrata_scale!=0|1|1-|1+|a|k1|f', grade: 6, so: 'a via ferrata' },
  { when: 'via_ferrata=*', grade: 5, so: 'a via ferrata of no grade' },
  { when: 'climbing:grade:uiaa=*', grade: 5, so: 'climbing' },
  { when: 'uiaa_scale=*', grade: 5, so: 'climbing' },
  { when: 'scramble=*', grade: 4, so: 'hands are needed' },
  { when: 'ladder=*', grade: 3, so: 'a ladder' },
  { when: 'highway=ladder', grade: 3, so: 'a ladder' },
  { when: 'rungs=*', grade: 3, so: 'rungs' },
  { when: 'safety_rope=*', grade: 3, so: 'a rope to hold on to' },
  { when: 'assisted_trail=*', grade: 3, so: 'ropes, chains or ladders' },
];

/** Words of `sac_scale` (wiki.openstreetmap.org/wiki/Key:sac_scale) and their grades; `T3` and `3` mean T3 as well. */
export const SAC_WORDS: Record<string, number> = {
  strolling: 1,
  hiking: 1,
  mountain_hiking: 2,
  demanding_mountain_hiking: 3,
  alpine_hiking: 4,
  demanding_alpine_hiking: 5,
  difficult_alpine_hiking: 6,
};

/** Routes that no sign on the ground bears; all lifecycle tags above beside. */
export const NO_ROUTE: readonly Rule[] = [
  { when: 'state=proposed|planned|abandoned|disused|removed|construction', so: 'not on the ground' },
  { when: 'operational_status=closed|abandoned|proposed', so: 'not on the ground' },
  { when: 'disused=*', so: 'given up' },
];

/** Parkings where a hiker cannot leave a car, beside those whose access tags say so. */
export const NO_PARKING: readonly Rule[] = [
  { when: 'disused=*', so: 'given up' },
  { when: 'locked=yes', so: 'locked' },
  { when: 'parking=garage_boxes|carports|private', so: 'somebody’s own' },
  { when: 'operational_status=closed|abandoned', so: 'given up' },
  { when: 'opening_hours=closed|off', so: 'given up' },
  { when: 'hgv=only', so: 'for lorries' },
  { when: 'bus=only', so: 'for coaches' },
];

/** Open in that season alone, though the word `seasonal` is not there. */
export const WINTER_ONLY: readonly Rule[] = [{ when: 'winter_road=*', so: 'there in the winter alone' }];

/** Grounds that are walked across. As closed ways with `area=yes`, or as multipolygons. */
export const MILITARY_AREAS: readonly Rule[] = [
  { when: 'landuse=military', so: 'military ground' },
  { when: 'military=danger_area|range|training_area|base|barracks|airfield|naval_base', so: 'military ground' },
];
