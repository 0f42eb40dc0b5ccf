import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { INTERFACE_SCRIPT, INTERFACE_STYLE, PAGE_STYLE } from './looks.js';

/** What the pages load, all of it from here: a file of Swagger UI's, or a text of ours. */
export type Asset = { file: string } | { text: string };

const swaggerManifest = createRequire(import.meta.url).resolve('swagger-ui-dist/package.json');

/** The folder that the files of Swagger UI are in. */
export const swaggerFolder = dirname(swaggerManifest);

const ASSETS = new Map<string, Asset>([
  ['swagger-ui.css', { file: 'swagger-ui.css' }],
  ['swagger-ui-bundle.js', { file: 'swagger-ui-bundle.js' }],
  ['interface.css', { text: INTERFACE_STYLE }],
  ['interface.js', { text: INTERFACE_SCRIPT }],
  ['page.css', { text: PAGE_STYLE }],
]);

/** Another one whenever an asset is: an address holds it, so that a browser may keep what it got for ever. */
export const RELEASE = createHash('sha1')
  .update(readFileSync(swaggerManifest))
  .update(INTERFACE_STYLE + INTERFACE_SCRIPT + PAGE_STYLE)
  .digest('hex')
  .slice(0, 12);

export const assetPath = (name: string): string => `/docs/assets/${RELEASE}/${name}`;

export const assetOf = (name: string): Asset | undefined => ASSETS.get(name);
