import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const store = process.env.STORE || 'baseline';
const root = here(store === 'baseline' ? 'baseline' : `out/${store}`);

if (!existsSync(root)) {
  throw new Error(`no tree for store "${store}": run "make demo" first, it writes out/<store>`);
}

export default defineConfig({
  root,
  // Relative addresses: a built shop works from any folder of any host.
  base: './',
  plugins: [react()],
  build: {
    outDir: here(`dist/${store}`),
    emptyOutDir: true,
    rolldownOptions: { input: [`${root}/index.html`, `${root}/policies.html`] },
  },
});
