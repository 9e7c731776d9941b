/** What webpack and Rspack want besides. */
import { type Extra, endOfBuild } from './end-of-build.js';
import { engineVersion } from './engine-version.js';
import { keyOf } from './patch-keys.js';
import type { Run } from './run.js';

/** What both compilers have. */
export interface CompilerLike {
  readonly options: { cache?: unknown };
  readonly webpack: {
    readonly sources: { RawSource: new (source: string | Buffer) => unknown };
    readonly Compilation: { PROCESS_ASSETS_STAGE_ADDITIONAL: number };
  };
  readonly hooks: {
    readonly thisCompilation: Tappable<[compilation: CompilationLike]>;
  };
}

interface Tappable<Arguments extends unknown[]> {
  tap(name: string, act: (...given: Arguments) => void): void;
}

interface CompilationLike {
  readonly errors: Error[];
  readonly warnings: Error[];
  readonly hooks: {
    readonly finishModules: Tappable<[modules: Iterable<object>]>;
    readonly processAssets: {
      tapPromise(options: { name: string; stage: number }, act: () => Promise<void>): void;
    };
  };
  emitAsset(name: string, source: unknown): void;
}

export function webpackHooks(run: Run) {
  return (compiler: CompilerLike): void => {
    nameCache(run, compiler);
    compiler.hooks.thisCompilation.tap('firn', (compilation) => {
      // Before modules are joined to one; those that come from a cache are among them.
      const ids: string[] = [];
      compilation.hooks.finishModules.tap('firn', (modules) => {
        for (const module of modules) {
          if ('resource' in module && typeof module.resource === 'string')
            ids.push(module.resource);
        }
      });
      const stage = compiler.webpack.Compilation.PROCESS_ASSETS_STAGE_ADDITIONAL;
      compilation.hooks.processAssets.tapPromise({ name: 'firn', stage }, async () => {
        // What went wrong before is told before.
        if (compilation.errors.length > 0) return;
        try {
          const { extras, warnings } = await endOfBuild(run, ids);
          compilation.warnings.push(...warnings.map((warning) => new Error(warning)));
          for (const extra of extras) emit(compiler, compilation, extra);
        } catch (error) {
          compilation.errors.push(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
  };
}

function emit({ webpack }: CompilerLike, compilation: CompilationLike, extra: Extra): void {
  const { fileName, source } = extra;
  const { RawSource } = webpack.sources;
  const raw = new RawSource(typeof source === 'string' ? source : Buffer.from(source));
  compilation.emitAsset(fileName, raw);
}

/** A cache on disk is one for these patches and this engine; it knows nothing of either by itself. */
function nameCache({ project }: Run, { options }: CompilerLike): void {
  const { cache } = options;
  if (typeof cache !== 'object' || cache === null) return;
  if (!('type' in cache) || !['filesystem', 'persistent'].includes(String(cache.type))) return;
  const own = keyOf(engineVersion, project.index, project.index.files);
  const given = 'version' in cache ? cache.version : undefined;
  const version = typeof given === 'string' && given !== '' ? `${given} ` : '';
  Object.assign(cache, { version: `${version}firn ${own}` });
}
