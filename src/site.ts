import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExpressAdapter } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

/** Where `npm run build` puts the page: beside the program; what runs from the source shows what was built last. */
const beside = fileURLToPath(new URL('./site/', import.meta.url));
const siteFolder = existsSync(beside) ? beside : fileURLToPath(new URL('../dist/site/', import.meta.url));

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'geolocation=(self), camera=(), microphone=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };

/**
 * Serves the page: files whose name holds a hash of their content for ever, all else to be asked
 * for again. What is not there stays the API's to answer.
 */
export function serveSite(app: ExpressAdapter, folder = siteFolder): void {
  app.use(packed(folder));
  app.useStaticAssets(folder, {
    setHeaders(response, file) {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      const [, type, encoding] = /\.(\w+)(?:\.(br|gz))?$/.exec(file) ?? [];
      if (encoding) {
        response.setHeader('Content-Encoding', encoding === 'br' ? 'br' : 'gzip');
        response.setHeader('Content-Type', `${types[type!] ?? 'text/html'}; charset=utf-8`);
      }
      response.setHeader('Vary', 'Accept-Encoding');
      const hashed = file.startsWith(join(folder, 'assets'));
      response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}

/** Leads to the packed file beside the one that is asked for, where there is one that the client can unpack. */
function packed(folder: string) {
  const files = new Set(existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []);
  return (request: Request, _response: Response, next: NextFunction): void => {
    const name = request.path === '/' ? 'index.html' : request.path.slice(1);
    if (files.has(`${name}.br`)) {
      const encoding = request.acceptsEncodings('br', 'gzip');
      if (encoding) request.url = `/${name}.${encoding === 'br' ? 'br' : 'gz'}`;
    }
    next();
  };
}
