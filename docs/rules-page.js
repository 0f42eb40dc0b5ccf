/**
 * Writes docs/rules.md from the tables in src/planning/import/osm/rules.ts, the very ones that the import reads:
 * `npm run docs:rules`. With `--check` it writes nothing and exits 1 when the page is out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as rules from '../dist/planning/import/osm/rules.js';

const PAGE = 'docs/rules.md';
const wiki = (page) => `[wiki](https://wiki.openstreetmap.org/wiki/${page})`;
const code = (text) => `\`${text}\``;
const cell = (text) => String(text).replaceAll('|', '\\|');
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
const words = (list) => list.map(code).join(', ');
const byRule = (list) =>
  table(
    ['tags', 'because it is'],
    list.map(({ when, so }) => [code(when), so]),
  );

const page = `# What is made of the tags

<!-- written by npm run docs:rules from src/planning/import/osm/rules.ts -->

Every rule that decides who may pass, how hard a way is and what joins. The notation: \`key=a|b\` is one of these values,
\`key=*\` any but \`no\`, \`key!=a|b\` another than these, \`!\` the contrary, \`+\` and. Of values in a list (\`a;b\`) one is enough; commas are taken for semicolons. Whoever finds a rule that
does not say what the wiki says may change it there and write this page anew.

## Who may pass

For walkers ${words(rules.ACCESS_KEYS.foot)}, for cars ${words(rules.ACCESS_KEYS.car)}: the first key that says open or closed counts
(${wiki('Key:access')}). A list is open when one of its words is, else closed when one is.
A word that is not understood opens nothing that a more general key closes.

${table(
  ['word', 'what it says'],
  [
    [words(rules.ACCESS_WORDS.open), 'everybody may pass'],
    [words(rules.ACCESS_WORDS.limited), 'one may pass, and is told (`limited-access`)'],
    [words(rules.ACCESS_WORDS.closed), 'only some may: closed'],
    [words(rules.ACCESS_WORDS.unsaid), 'nothing: the next key counts'],
    ['any other', 'not understood: who walks passes and is told (`unclear-access`), who drives does not pass'],
  ],
)}

Of cars ${words(rules.CAR_WORDS.open)} say open and ${words(rules.CAR_WORDS.closed)} closed.

\`foot:forward\` and \`foot:backward\`, \`oneway:foot\` and \`foot:oneway\` close one direction,
as \`access:forward\` and \`access:backward\` do where there is no \`foot\`; \`oneway\` is for vehicles.

**By the date.** \`access:conditional\`, \`foot:conditional\` (${wiki('Conditional_restrictions')}), \`opening_hours\` and \`seasonal\` (${wiki('Key:seasonal')})
are kept with the way, and those of a gate with the ways up to the nodes beside it. With \`date=\` a way is used when it is open on that day; what depends on the hour, the weather or on words that are not
understood is used and told. Without a date what is closed at times is used and told (\`closed-at-times\`, in the words of the
tag), what is open at times alone is left out, and so is what is there in the winter alone: \`seasonal=winter\`, ${words(rules.WINTER_ONLY.map(({ when }) => when))}.

**Nodes that end a way for walkers**, unless \`foot\` (else \`access\`) opens them:

${byRule(rules.STOPS_WALKERS)}

and those on which \`foot\` (else \`access\`) says closed:

${byRule(rules.GATES)}

**Parkings** are left out that \`access\` and the keys for cars close to visitors (customers, employees, …), and these:

${byRule(rules.NO_PARKING)}

## What is walked

What is not there, whatever it is tagged as (ways, parkings, routes alike):

${byRule(rules.NOT_THERE)}

What nobody walks:

${byRule(rules.NEVER_WALKED)}

What a way is; the first row that holds counts. *Trails* are path, footway, track, bridleway, steps, cycleway and pier;
the others join them, and \`trailShare\` does not count them.

${table(
  ['tags', 'is a', 'needs'],
  rules.WALKED.map(({ when, kind, needs }) => [
    code(when),
    kind,
    needs === 'foot' ? 'an open `foot`' : needs === undefined ? '' : 'an open `foot`, or a pavement',
  ]),
)}

A closed way with \`area=yes\`, or a multipolygon, of these is a **square**: it is crossed in straight lines between the ways that
end at its rim, along its rim where a straight line would leave it.

A road (${rules.WITH_SIDEWALKS.join(', ')}) whose pavement is a way of its own is not walked itself,
unless \`foot\` opens it: ${words(rules.SIDEWALK_ELSEWHERE.map(({ when }) => when))}. A pavement beside it: ${words(rules.SIDEWALK.map(({ when }) => when))}.

## How hard it is

\`sac_scale\` (${wiki('Key:sac_scale')}): ${Object.entries(rules.SAC_WORDS)
  .map(([word, grade]) => `${code(word)} T${grade}`)
  .join(', ')}; \`T3\` and \`3\` as well, in any
spelling; of a list the hardest counts. A way is at least so hard, also up to the nodes beside a node that has these tags:

${table(
  ['tags', 'at least', 'because of'],
  rules.AT_LEAST.map(({ when, grade, so }) => [code(when), `T${grade}`, so]),
)}

What nothing is known of is unknown, never easy: \`ungradedMeters\` says how much of a loop that is.

## What is told

As warnings of a loop, with the metres that they hold for:

${table(
  ['tags of a way or a node', 'warning'],
  rules.TOLD.map(({ when, caution }) => [code(when), code(caution)]),
)}

\`fast-road\`: a road without a pavement and with a limit of ${rules.FAST_KMH} km/h or more, \`none\` or \`…:rural\`; where no limit is told, ${rules.FAST_KINDS.join(', ')}.
\`military\` also on ground of these tags, unless the way says itself that one may walk there:

${byRule(rules.MILITARY_AREAS)}

## Routes

Relations \`type=route|superroute\` with \`route=hiking|foot|walking\`. A stage without a name bears that of the route it is part of
(${wiki('Relation:superroute')}). These name nothing:

${byRule(rules.NO_ROUTE)}
`;

if (process.argv.includes('--check')) {
  if (!existsSync(PAGE) || readFileSync(PAGE, 'utf8') !== page) {
    process.stderr.write(`${PAGE} is out of date: npm run docs:rules\n`);
    process.exit(1);
  }
} else {
  writeFileSync(PAGE, page);
}
