// @ts-check
import path from 'node:path';
import { transform } from 'esbuild';

/**
 * JSX and TypeScript to JavaScript. esbuild takes the map so far from a comment, and gives the map of both steps.
 * @param {string} file @param {string} source @param {string | object} [map]
 */
export async function transformed(file, source, map) {
  const json = typeof map === 'object' ? JSON.stringify(map) : map;
  const comment = json
    ? `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(json).toString('base64')}`
    : '';
  return transform(source + comment, {
    sourcefile: file,
    loader: path.extname(file) === '.tsx' ? 'tsx' : path.extname(file) === '.ts' ? 'ts' : 'jsx',
    jsx: 'automatic',
    sourcemap: 'external',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
}
