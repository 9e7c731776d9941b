/** When a build has seen every module: were all patches used, and what did they make? */
import { BUILD_MANIFEST_NAME, printBuildManifest } from '@firn/sets';
import type { Run, UnusedRule } from './run.js';

/** A file that the build puts out beside its bundles. */
export interface Extra {
  readonly fileName: string;
  readonly source: string | Uint8Array;
}

export interface End {
  /** Assets, and `firn-manifest.json`. */
  readonly extras: readonly Extra[];
  readonly warnings: readonly string[];
}

/**
 * `modules`: ids of everything in the build, from a cache or not; what was taken otherwise is noted in
 * the run. Throws FirnPluginError for patches that nobody used, unless the rule has it otherwise.
 */
export async function endOfBuild(
  { project, used }: Run,
  modules: Iterable<string>,
  rule: UnusedRule = project.settings.unused ?? 'error',
): Promise<End> {
  for (const id of modules) {
    if (used.size === project.index.files.length) break;
    const located = project.patchedFile(id);
    if (located) used.add(located.file);
  }
  const extras: Extra[] = [];
  for (const fileName of project.settings.assets) {
    used.add(fileName);
    extras.push({ fileName, source: await project.bytesOf(fileName) });
  }
  const manifest = await project.manifest(rule === 'error' ? used : undefined);
  extras.push({ fileName: BUILD_MANIFEST_NAME, source: printBuildManifest(manifest) });
  const unused = project.index.files.filter((file) => !used.has(file));
  const labels = unused.flatMap((file) => project.index.of(file).map(({ label }) => label));
  const message = `the build did not use ${labels.join(', ')}: no step of it took ${unused.join(', ')}`;
  return { extras, warnings: rule === 'warn' && unused.length > 0 ? [message] : [] };
}
