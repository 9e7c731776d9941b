/** What esbuild wants besides: filters that it can run by itself, and an end. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BuildResult, PluginBuild } from 'esbuild';
import { type Extra, endOfBuild } from './end-of-build.js';
import { type ErrorLocation, FirnPluginError } from './plugin-error.js';
import type { Run } from './run.js';
import { VIRTUAL_FILE, VIRTUAL_REQUEST } from './virtual-module.js';

export function esbuildHooks(run: Run, filter: RegExp) {
  return {
    onResolveFilter: VIRTUAL_REQUEST,
    onLoadFilter: new RegExp(`${filter.source}|^${VIRTUAL_FILE}$`),
    // A file is what esbuild's own options say that it is.
    loader: (_code: string, id: string) => (id === VIRTUAL_FILE ? 'js' : 'default'),
    setup(build: PluginBuild): void {
      run.isMapped = Boolean(build.initialOptions.sourcemap);
      build.onEnd(async (result) => {
        if (result.errors.length > 0) return {};
        try {
          const { extras, warnings } = await endOfBuild(run, []);
          await putOut(build, result, extras);
          return { warnings: warnings.map((text) => ({ text })) };
        } catch (error) {
          return { errors: [messageOf(error)] };
        }
      });
    },
  } as const;
}

/** With the frame in the text: esbuild shows none of its own for a file that it has not read. */
export function messageOf(error: unknown): { text: string; location: ErrorLocation | null } {
  if (!(error instanceof FirnPluginError)) {
    return { text: error instanceof Error ? error.message : String(error), location: null };
  }
  const { message, frame, loc } = error;
  return {
    text: frame === undefined ? message : `${message}\n\n${frame}\n`,
    location: loc ?? null,
  };
}

async function putOut(
  { initialOptions }: PluginBuild,
  result: BuildResult,
  extras: readonly Extra[],
): Promise<void> {
  const { outdir, outfile, absWorkingDir = '.', write } = initialOptions;
  const folder = outdir ?? (outfile === undefined ? '.' : path.dirname(outfile));
  for (const { fileName, source } of extras) {
    const file = path.resolve(absWorkingDir, folder, fileName);
    const contents = typeof source === 'string' ? new TextEncoder().encode(source) : source;
    if (write === false) {
      const text = new TextDecoder().decode(contents);
      result.outputFiles?.push({ path: file, contents, hash: '', text });
    } else if (outdir !== undefined || outfile !== undefined) {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, contents);
    }
  }
}
