import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const packed = /\.(js|mjs|css|svg|html|webmanifest)$/;

/** Each text beside itself as `.br` and `.gz`, the best that both can: once here, and no request pays for it. */
function pack(): Plugin {
  return {
    name: 'pack',
    apply: 'build',
    async writeBundle({ dir }) {
      const files = await readdir(dir!, { recursive: true });
      const pack = async (name: string) => {
        const body = await readFile(join(dir!, name));
        const quality = { [constants.BROTLI_PARAM_QUALITY]: 11 };
        await writeFile(join(dir!, `${name}.br`), await promisify(brotliCompress)(body, { params: quality }));
        await writeFile(join(dir!, `${name}.gz`), await promisify(gzip)(body, { level: 9 }));
      };
      await Promise.all(files.filter((name) => packed.test(name)).map(pack));
    },
  };
}

export default defineConfig({
  plugins: [pack()],
  // MapLibre 6 is an ES module, and so is its worker, which comes as a file of its own: the policy allows no blob.
  worker: { format: 'es' },
  server: {
    proxy: Object.fromEntries(['/v1', '/docs', '/openapi.json'].map((path) => [path, 'http://localhost:3000'])),
  },
  build: {
    target: 'es2022',
    emptyOutDir: true,
    // Nothing as data: in the style sheet: a font that is a file is kept by the browser.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_500,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: 'site/index.html', sw: 'site/service-worker.ts' },
      // The worker of the offline page has one address for ever.
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
});
