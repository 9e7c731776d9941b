import { fileURLToPath } from 'node:url';
import firn from '@firn/unplugin/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const store = process.env.STORE || 'baseline';

export default defineConfig({
  root: here('baseline'),
  // Relative addresses: a built shop works from any folder of any host.
  base: './',
  plugins: [
    store !== 'baseline' && firn({ patches: here('patches'), sets: store, syntax: true }),
    react(),
  ],
  build: {
    outDir: here(`dist/${store}`),
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: {
      input: ['index.html', 'policies.html'].map((page) => here(`baseline/${page}`)),
    },
  },
});
