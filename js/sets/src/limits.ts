/** How much a set may hold: whole numbers. Passing one is `set_limit_exceeded`. */
export interface SetLimits {
  /** Bytes of a manifest; default 16 MiB. */
  readonly manifestBytes?: number | undefined;
  /** Bytes of one patch file; default 256 MiB. */
  readonly patchBytes?: number | undefined;
  /** Bytes of all patch files of a set on disk; default 1 GiB. */
  readonly setBytes?: number | undefined;
  /** Patches of one set; default 100,000. */
  readonly patches?: number | undefined;
}

/** Every limit: the one given, or the default. */
export function limitsOf(limits: SetLimits = {}) {
  return {
    manifestBytes: limits.manifestBytes ?? 1 << 24,
    patchBytes: limits.patchBytes ?? 1 << 28,
    setBytes: limits.setBytes ?? 1 << 30,
    patches: limits.patches ?? 100_000,
  };
}

/** For what this machine has made itself. */
export const noLimits = {
  manifestBytes: Number.MAX_SAFE_INTEGER,
  patchBytes: Number.MAX_SAFE_INTEGER,
  setBytes: Number.MAX_SAFE_INTEGER,
  patches: Number.MAX_SAFE_INTEGER,
} as const satisfies SetLimits;

/** Arrays and objects inside each other in a manifest. */
export const MAX_NESTING = 32;

/** Patches that follow each other: each is a call inside the one before, and holds a text of its own. */
export const MAX_CHAIN = 100;

/** Bytes of all those texts together, so that small patches of a large file do not fill the memory. */
export const MAX_CHAIN_BYTES = 1 << 30;

/** UTF-16 units of a path. */
export const MAX_PATH = 1024;
