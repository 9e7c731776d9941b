// @ts-check
import { writeFileSync } from 'node:fs';
import { defineConfig } from 'vite';

/** @type {Set<string>} */
const compiledIn = new Set();

/** Names, beside the page, whose packages are in it: those who pack it tell. @returns {import('vite').Plugin} */
const tellsCompiledIn = () => ({
  name: 'tells-compiled-in',
  generateBundle(_, files) {
    for (const file of Object.values(files)) {
      for (const module of file.type === 'chunk' ? file.moduleIds : []) {
        const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(module)?.[1];
        if (name !== undefined && !name.startsWith('@firn/')) compiledIn.add(name);
      }
    }
    // The last of the page and its worker has the names of both.
    const names = JSON.stringify([...compiledIn].sort(), undefined, 2);
    writeFileSync(new URL('dist/compiled-in.json', import.meta.url), `${names}\n`);
  },
});

export default defineConfig({
  // Relative addresses: the page works from any folder of any host.
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [tellsCompiledIn()],
  worker: { format: 'es', plugins: () => [tellsCompiledIn()] },
  build: {
    outDir: 'dist/page',
    target: 'es2022',
    // A data: address would need a hole in the Content Security Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'index.html', 'firn-view': 'src/element/firn-view.ts' },
      preserveEntrySignatures: 'exports-only',
      output: {
        // Other pages name this one; every other name carries a hash.
        entryFileNames: ({ name }) =>
          name === 'firn-view' ? '[name].js' : 'assets/[name]-[hash].js',
      },
    },
  },
});
