import type { ApplyOptions, Backend, PlaceOptions } from '@firn/engine';
import type { ColorChoice } from './render/colors.js';

/** What every command takes. commander has checked the choices. */
export interface BaseOptions {
  readonly backend: 'auto' | Backend;
  readonly color: ColorChoice;
  readonly json?: true;
}

/** What is said about how a batch, or a diff, is to be applied. */
export interface CommonOptions extends BaseOptions, DiffReading {
  /** Path of the batch or diff, or `-`. */
  readonly patches: string;
  readonly policy: NonNullable<ApplyOptions['policy']>;
  readonly ties: NonNullable<ApplyOptions['ties']>;
  readonly revision?: number;
}

/** How a diff is read, and how far its hunks may be from where they say they are. */
export interface DiffReading {
  /** What the patches are; by default they tell themselves. */
  readonly format?: 'batch' | 'diff';
  readonly placement?: 'exact' | 'search' | 'fuzzy';
  /** Outer lines of context that need not match; asks for `fuzzy`. */
  readonly fuzz?: number;
  readonly reverse?: true;
  readonly recount?: true;
  readonly ignoreWhitespace?: true;
  readonly ignoreLineEnds?: true;
}

export function placeOptionsOf(options: DiffReading & Pick<CommonOptions, 'policy'>): PlaceOptions {
  const { placement, fuzz, reverse = false, policy } = options;
  const { ignoreWhitespace = false, ignoreLineEnds = false } = options;
  return {
    placement: placement ?? (fuzz === undefined ? 'exact' : 'fuzzy'),
    maxFuzz: fuzz,
    reverse,
    whiteSpace: ignoreWhitespace ? 'ignore-amount' : 'compare',
    // A CR is white space too: compared without it, new lines must still get the text's line ends.
    ignoreLineEnds: ignoreLineEnds || ignoreWhitespace,
    policy,
  };
}

/** What becomes of the result. */
export interface OutputOptions {
  /** Path of the output, or `-`. */
  readonly output?: string;
  readonly inPlace?: true;
  readonly diff?: true;
  readonly context?: number;
  /** Nothing is written. */
  readonly check?: true;
  /** Apply what fits, and write the rest beside the file. */
  readonly reject?: true;
}

/** One `--include` or `--exclude`. */
export interface NameGlob {
  readonly includes: boolean;
  readonly glob: string;
}

/** What `firn apply` takes for a tree. */
export interface TreeOptions extends BaseOptions, DiffReading {
  readonly directory: string;
  /** Leading folders of the names in the diff that are not there. */
  readonly strip: number;
  readonly policy: NonNullable<ApplyOptions['policy']>;
  readonly check?: true;
  readonly reject?: true;
  readonly fsync?: true;
  readonly verbose?: true;
  /** Which files of the diffs are meant, in the order given; all, without any. */
  readonly globs?: readonly NameGlob[];
}

export const commandNames = [
  'apply',
  'check',
  'explain',
  'diff',
  'create',
  'merge',
  'rebase',
  'resolve',
  'init',
  'add',
  'edit',
  'remove',
  'status',
  'list',
  'build',
] as const;
export type CommandName = (typeof commandNames)[number];
