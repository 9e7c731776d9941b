// @ts-check
import { defineConfig } from 'vite';

export default defineConfig({
  // Relative addresses: the page works from any folder of any host.
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
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
