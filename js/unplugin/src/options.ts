import path from 'node:path';
import type { LoadOptions } from '@firn/engine';
import { type Conditions, unsafeReason } from '@firn/sets';

export interface FirnOptions {
  /**
   * Folder of the frozen files. Default: the bundler's own root (Vite's `root`, webpack's `context`), or
   * the working directory.
   */
  readonly root?: string | undefined;
  /** Folder that holds the patch sets; default `patches`, below the working directory. */
  readonly patches?: string | undefined;
  /** Sets to apply, in this order. Default: all of them, by name. */
  readonly sets?: string | readonly string[] | undefined;
  /** What is true of this build: a patch with `when` is applied where all of it holds. */
  readonly conditions?: Conditions | undefined;
  /** Parse each file after it is patched (@firn/syntax); default false. */
  readonly syntax?: boolean | undefined;
  /**
   * Patched files that are no modules: a page, what a server reads. Each is put out, patched, under its
   * own path. Vite takes pages by itself.
   */
  readonly assets?: readonly string[] | undefined;
  /**
   * A patch that the build had no use for: `error` (default), `warn`, `ignore`. A build for a server takes
   * only what a server needs, so there the default is `ignore`.
   */
  readonly unused?: 'error' | 'warn' | 'ignore' | undefined;
  /** Which engine: `auto` (default), `native`, `wasm`. All give the same bytes. */
  readonly backend?: LoadOptions['backend'];
}

/** Options with what applies when they are silent. */
export interface Settings {
  /** Absolute; undefined: the bundler's. */
  readonly root: string | undefined;
  /** Absolute. */
  readonly patches: string;
  /** Undefined: all. */
  readonly sets: readonly string[] | undefined;
  readonly conditions: Conditions;
  readonly syntax: boolean;
  readonly assets: readonly string[];
  readonly unused: 'error' | 'warn' | 'ignore' | undefined;
  readonly backend: LoadOptions['backend'];
}

const KNOWN: readonly (keyof FirnOptions)[] = [
  ...(['root', 'patches', 'sets', 'conditions'] as const),
  ...(['syntax', 'assets', 'unused', 'backend'] as const),
];

/** Throws TypeError for what was not meant so: a misspelt option is no silent default. */
export function settingsOf(options: FirnOptions = {}): Settings {
  require(isObject(options), 'options must be an object');
  for (const key of Object.keys(options)) {
    if ((KNOWN as readonly string[]).includes(key)) continue;
    throw new TypeError(`@firn/unplugin: unknown option "${key}"; there are ${KNOWN.join(', ')}`);
  }
  const { root, patches = 'patches', sets, conditions = {}, assets = [], unused } = options;
  const { syntax = false, backend } = options;
  require(root === undefined || typeof root === 'string', 'root must be a path');
  require(typeof patches === 'string', 'patches must be a path');
  const names = typeof sets === 'string' ? [sets] : sets;
  require(names === undefined || areStrings(names), 'sets must be names of sets');
  require(isObject(conditions), 'conditions must be an object of strings');
  require(areStrings(Object.values(conditions)), 'conditions must be an object of strings');
  require(typeof syntax === 'boolean', 'syntax must be true or false');
  require(areStrings(assets), 'assets must be paths below the root');
  for (const asset of assets) {
    const reason = unsafeReason(asset);
    require(reason === undefined, `asset "${asset}" ${reason}`);
  }
  require(unused === undefined ||
    ['error', 'warn', 'ignore'].includes(unused), 'unused must be error, warn or ignore');
  require(backend === undefined ||
    ['auto', 'native', 'wasm'].includes(backend), 'backend must be auto, native or wasm');
  return {
    root: root === undefined ? undefined : path.resolve(root),
    patches: path.resolve(patches),
    sets: names,
    conditions,
    syntax,
    assets,
    unused,
    backend,
  };
}

function require(holds: boolean, message: string): asserts holds {
  if (!holds) throw new TypeError(`@firn/unplugin: ${message}`);
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const areStrings = (values: unknown): values is readonly string[] =>
  Array.isArray(values) && values.every((value) => typeof value === 'string');
