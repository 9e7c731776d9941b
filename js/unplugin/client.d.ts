/**
 * What the build applied. For TypeScript: `/// <reference types="@firn/unplugin/client" />`, or
 * `"types": ["@firn/unplugin/client"]`.
 */
declare module 'virtual:firn' {
  import type { BuildManifest } from '@firn/sets';

  /** `firn-manifest.json` of this very build. In Vite's dev server it is kept up to date. */
  const build: BuildManifest;
  export default build;
}

/** The same for webpack and Rspack, which take a name with a colon for an address. */
declare module 'firn-virtual' {
  import type { BuildManifest } from '@firn/sets';

  const build: BuildManifest;
  export default build;
}
