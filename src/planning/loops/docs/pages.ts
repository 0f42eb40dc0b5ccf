import type { ProblemType } from '../../../runtime/door.js';
import type { OpenApiDocument } from './openapi.js';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character]!);

/** Text with `code` in it. */
const prose = (text: string): string => escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');

const STYLE = `
:root{color-scheme:light dark;--line:#8884}
body{font:16px/1.55 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1,h2,h3{line-height:1.2}h2{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:1.5rem}
code{font:14px/1.4 ui-monospace,monospace;background:#8881;padding:.1em .3em;border-radius:3px}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem .4rem 0;border-bottom:1px solid var(--line)}
a{color:inherit}.method{font-weight:600;margin-right:.5em}`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)} · Loopwright</title><style>${STYLE}</style></head><body>${body}</body></html>`;

/** Requests worth trying on whatever data there is: `PLACE` is filled in with a place of the first region. */
const TRIES: Record<string, string> = {
  '/v1/loops': '?near=PLACE&drive=45min&length=15km',
  '/v1/loops.gpx': '?near=PLACE&drive=45min&length=15km',
  '/v1/trailheads': '?near=PLACE&drive=20min',
  '/v1/places': '?q=a',
  '/v1/regions': '',
  '/livez': '',
  '/readyz': '',
};

type Operation = OpenApiDocument['paths'][string]['get'];

function operationSection(path: string, operation: Operation, place: string): string {
  const rows = operation.parameters.map(
    ({ name, required, description, example }) =>
      `<tr><td><code>${name}</code>${required ? ' (required)' : ''}</td><td>${prose(description)}</td><td><code>${escapeHtml(example)}</code></td></tr>`,
  );
  const table =
    rows.length > 0 ? `<table><tr><th>parameter</th><th></th><th>example</th></tr>${rows.join('')}</table>` : '';
  const answers = Object.entries(operation.responses).map(
    ([status, response]) =>
      `<tr><td><code>${status}</code></td><td>${prose((response as { description: string }).description)}</td></tr>`,
  );
  const tryIt = TRIES[path]?.replace('PLACE', encodeURIComponent(place));
  const link =
    tryIt === undefined
      ? ''
      : `<p>Try it: <a href="${escapeHtml(path + tryIt)}"><code>${escapeHtml(path + tryIt)}</code></a></p>`;
  return `<h3 id="${operation.operationId}"><span class="method">GET</span><code>${escapeHtml(path)}</code></h3><p>${escapeHtml(operation.summary)}. ${prose(operation.description)}</p>${link}${table}<table><tr><th>status</th><th></th></tr>${answers.join('')}</table>`;
}

const FIGURES = `<h2 id="figures">How the figures come about</h2>
<p><b>Length</b> is measured along the line as it is drawn, on the sphere. <b>Ascent</b> is the sum of all climbs of at least 10 m along the whole walk: smaller ones are noise of the elevation model. Where the elevation is unknown, it is <code>null</code> and never zero.</p>
<p><b>Duration</b> is the walking time after DIN 33466, the formula that the Alpine clubs use: 4 km an hour on the flat; 300 m of ascent or 500 m of descent an hour; of the horizontal and the vertical time the larger counts whole and the smaller half. Breaks are not in it. Where the ascent is unknown, only the length counts.</p>
<p><b>Approach</b> is a dead end between the start and the round, walked out and back because nothing else exists. A loop of which more than a fifth is approach comes last and carries a warning. <b>Overlap</b> is what is walked twice besides.</p>
<p><b>Days</b> end at a hut, shelter or camp site that is at most 500 m from the loop, straight; that way is counted in the day that ends there and in the next one.</p>
<p><b>Driving</b> is by the speeds that the map gives each road, without traffic.</p>`;

/**
 * The interface for a person, made from its own description.
 * @param place a name that the examples can start from
 */
export function docsPage(document: OpenApiDocument, place: string): string {
  const sections = document.tags.map(({ name, description }) => {
    const operations = Object.entries(document.paths).filter(([, { get }]) => get.tags.includes(name));
    const bodies = operations.map(([path, { get }]) => operationSection(path, get, place));
    return `<h2>${escapeHtml(name)}</h2><p>${prose(description)}</p>${bodies.join('')}`;
  });
  const { summary, description } = document.info as { summary: string; description: string };
  return page(
    'Interface',
    `<h1>Loopwright</h1><p>${prose(summary)}</p><p>${prose(description)}</p><p>For programs: <a href="/openapi.json"><code>/openapi.json</code></a> (OpenAPI 3.1). Every kind of error: <a href="/problems"><code>/problems</code></a>.</p>${sections.join('')}${FIGURES}`,
  );
}

/** What a `type` URI of a problem leads to. */
export const problemPage = ({ slug, status, title, explanation }: ProblemType): string =>
  page(
    title,
    `<h1>${escapeHtml(title)}</h1><p>Status <code>${status}</code>, type <code>/problems/${slug}</code>.</p><p>${prose(explanation)}</p><p><a href="/problems">All kinds of problems</a> · <a href="/docs">The interface</a></p>`,
  );

export function problemsPage(types: ProblemType[]): string {
  const rows = [...types]
    .sort((a, b) => a.status - b.status || (a.slug < b.slug ? -1 : 1))
    .map(
      ({ slug, status, title }) =>
        `<tr><td><code>${status}</code></td><td><a href="/problems/${slug}"><code>${slug}</code></a></td><td>${escapeHtml(title)}</td></tr>`,
    );
  return page(
    'Problems',
    `<h1>Problems</h1><table><tr><th>status</th><th>kind</th><th></th></tr>${rows.join('')}</table>`,
  );
}
