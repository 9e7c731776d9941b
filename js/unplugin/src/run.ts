import type { FirnOptions } from './options.js';
import type { Project } from './project.js';

/** What to do with patches that no step of a build took. */
export type UnusedRule = NonNullable<FirnOptions['unused']>;

/** What goes on in one run of a bundler. */
export interface Run {
  readonly project: Project;
  /** Files that steps of the build have taken. */
  readonly used: Set<string>;
  /** The files that the bundler asks us about: it has our filter since it started. */
  readonly files: ReadonlySet<string>;
  /** True while a developer's server runs, which ends nothing. */
  isServing: boolean;
  /** False where the bundler said beforehand that it wants no source maps. */
  isMapped: boolean;
  /** Whether buildStart() was called: a watcher calls it again and again. */
  hasStarted: boolean;
}
