import { createRequire } from 'node:module';

/** Known before the engine is loaded: it is of the version of its package, or does not load. */
export const engineVersion: string = versionIn(
  createRequire(import.meta.url)('@firn/engine/package.json'),
);

function versionIn(manifest: unknown): string {
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isManifest ? String(manifest.version) : '';
}
