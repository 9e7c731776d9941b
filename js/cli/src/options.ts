import type { ApplyOptions, Backend } from '@firn/engine';
import type { ColorChoice } from './render/colors.js';

/** What every command takes. commander has checked the choices. */
export interface CommonOptions {
  /** Path of the batch, or `-`. */
  readonly patches: string;
  readonly policy: NonNullable<ApplyOptions['policy']>;
  readonly ties: NonNullable<ApplyOptions['ties']>;
  readonly revision?: number;
  readonly backend: 'auto' | Backend;
  readonly color: ColorChoice;
  readonly json?: true;
}

/** What becomes of the result. */
export interface OutputOptions {
  /** Path of the output, or `-`. */
  readonly output?: string;
  readonly inPlace?: true;
  readonly diff?: true;
  readonly context?: number;
}

export const commandNames = ['apply', 'check', 'explain'] as const;
export type CommandName = (typeof commandNames)[number];
