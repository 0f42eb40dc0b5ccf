import type { ProblemType } from '../../../runtime/door.js';
import { assetPath } from './assets.js';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character]!);

/** Text with `code` in it. */
const prose = (text: string): string => escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');

/** The pages load nothing from anywhere else, and the policy holds them to that. */
export const PAGE_HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
};

const page = (title: string, styles: string[], body: string): string => {
  const links = styles.map((style) => `<link rel="stylesheet" href="${assetPath(style)}">`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)} · Loopwright</title><link rel="icon" href="data:,">${links.join('')}</head><body>${body}</body></html>`;
};

/** The interface for a person: Swagger UI, which reads /openapi.json. */
export const docsPage = (): string =>
  page(
    'Interface',
    ['swagger-ui.css', 'interface.css'],
    `<noscript>This page is made by a script from <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1), which tells the same. Every kind of error: <a href="/problems">/problems</a>.</noscript><main id="interface"></main><script src="${assetPath('swagger-ui-bundle.js')}"></script><script src="${assetPath('interface.js')}"></script>`,
  );

/** What a `type` URI of a problem leads to. */
export const problemPage = ({ slug, status, title, explanation }: ProblemType): string =>
  page(
    title,
    ['page.css'],
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
    ['page.css'],
    `<h1>Problems</h1><table><tr><th>status</th><th>kind</th><th></th></tr>${rows.join('')}</table>`,
  );
}
