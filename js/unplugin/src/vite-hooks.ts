/** What Vite wants besides: its root, pages, dependencies bundled beforehand, updates of a running page. */
import type { EnvironmentModuleNode, Plugin, UserConfig, ViteDevServer } from 'vite';
import { dependenciesPlugin } from './dependencies.js';
import { engineVersion } from './engine-version.js';
import { filterOf } from './module-id.js';
import { keyOf } from './patch-keys.js';
import { FirnPluginError } from './plugin-error.js';
import type { Project } from './project.js';
import { rollupHooks } from './rollup-hooks.js';
import type { Run } from './run.js';
import { VIRTUAL_ID } from './virtual-module.js';

/** A patch and the manifest that speaks of it are written one after the other. */
const SETTLED_MILLISECONDS = 30;

/** The filter of our transform, which goes when files may be patched that were not at the start. */
export interface Filtered {
  filter?: unknown;
}

export function viteHooks(run: Run, transform: Filtered): Partial<Plugin> {
  const { project } = run;
  let asked: { of: string; changes: Promise<Changes> } | undefined;
  return {
    ...rollupHooks(run),
    config({ root = '.' }): UserConfig {
      project.openAt(root);
      return patchedDependencies(run);
    },
    configResolved({ root, command, build }) {
      project.openAt(root);
      run.isServing = command === 'serve';
      run.isMapped = run.isServing || build.sourcemap !== false;
      if (run.isServing) delete transform.filter;
    },
    configureServer(server) {
      server.watcher.add(project.settings.patches);
    },
    transformIndexHtml: {
      order: 'pre',
      async handler(html, { filename }) {
        // In a build a page is a module like any other, and patched by then.
        const located = run.isServing && project.patchedFile(filename);
        if (!located) return undefined;
        return (await project.patch(located, html, false)).code;
      },
    },
    async hotUpdate({ file, timestamp, server }) {
      if (!project.isOfSets(file)) return undefined;
      const of = `${timestamp} ${file}`;
      // Each environment asks; the sets are read once.
      if (asked?.of !== of) asked = { of, changes: changesNow(run, server) };
      const { files, problem } = await asked.changes;
      if (problem) this.environment.hot.send({ type: 'error', err: problem });
      return modulesOf(project, files, this.environment);
    },
  };
}

/** Vite bundles packages once and keeps them: under a name that has our patches in it. */
function patchedDependencies(run: Run): UserConfig {
  const { index } = run.project;
  const files = index.files.filter(isOfDependency);
  if (files.length === 0) return {};
  const name = `firn:dependencies:${keyOf(engineVersion, index, files)}`;
  const plugins = [dependenciesPlugin(name, run, filterOf(files))];
  return { optimizeDeps: { rolldownOptions: { plugins } } };
}

const isOfDependency = (file: string) => file.startsWith('node_modules/');

interface Changes {
  /** Those whose patches are others now. */
  readonly files: readonly string[];
  /** As Vite's overlay wants it. */
  readonly problem?: {
    message: string;
    stack: string;
    id?: string;
    frame?: string;
    plugin: string;
  };
}

async function changesNow({ project }: Run, server: ViteDevServer): Promise<Changes> {
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MILLISECONDS));
  const files = project.read();
  try {
    project.requireSound();
  } catch (error) {
    return { files, problem: overlayOf(error) };
  }
  if (!files.some(isOfDependency)) return { files };
  server.config.logger.info('firn: packages are patched otherwise now', { timestamp: true });
  await server.restart();
  return { files: [] };
}

function overlayOf(error: unknown): NonNullable<Changes['problem']> {
  const message = error instanceof Error ? error.message : String(error);
  const shown = { message, stack: '', plugin: 'firn' };
  if (!(error instanceof FirnPluginError)) return shown;
  const { id, frame, loc } = error;
  return { ...shown, ...(id && { id }), ...(frame && { frame }), ...(loc && { loc }) };
}

/** What is asked of one of Vite's environments. */
interface Environment {
  readonly name: string;
  readonly hot: { send(payload: { type: 'full-reload' }): void };
  readonly moduleGraph: {
    getModulesByFile(file: string): Set<EnvironmentModuleNode> | undefined;
    getModuleById(id: string): EnvironmentModuleNode | undefined;
  };
}

/** Exactly the modules of the files. A page that changed is loaded again. */
function modulesOf(
  project: Project,
  files: readonly string[],
  { name, hot, moduleGraph }: Environment,
): EnvironmentModuleNode[] {
  const paths = files.map((file) => project.pathOf(file));
  if (name === 'client' && paths.some((path) => path.endsWith('.html'))) {
    hot.send({ type: 'full-reload' });
  }
  const modules = paths.flatMap((path) => [...(moduleGraph.getModulesByFile(path) ?? [])]);
  const told = files.length > 0 ? moduleGraph.getModuleById(VIRTUAL_ID) : undefined;
  return told ? [...modules, told] : modules;
}
