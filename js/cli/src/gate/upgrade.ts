/** What would become of the patches on a new baseline: the triage of a rebase, patch by patch. */
import type { Engine, LineRange, Snapshot } from '@firn/engine';
import {
  type CarriedPatchOfSet,
  carryPatches,
  FirnSetError,
  type PatchSet,
  type SetPatch,
} from '@firn/sets';
import { freezeBaseline } from '@firn/sets/node';
import { count, lineSpan } from '../render/words.js';
import type { Finding, Upgrade } from './finding.js';
import { pathFromHere, placeOfPatch } from './where.js';

export interface CarriedPatch {
  readonly patch: SetPatch;
  readonly upgrade: Upgrade;
  /** Absent where the file itself is not there any more, or never was. */
  readonly carried?: CarriedPatchOfSet;
}

/** Every patch of a set, whatever its conditions. */
export function carrySet(
  engine: Engine,
  { patches }: PatchSet,
  oldRoot: string,
  newRoot: string,
): CarriedPatch[] {
  const files = [...new Set(patches.map(({ file }) => file))];
  return files.flatMap((file): CarriedPatch[] => {
    const own = patches.filter((patch) => patch.file === file);
    const oldText = frozen(engine, oldRoot, file);
    const newText = frozen(engine, newRoot, file);
    try {
      if (!oldText) return own.map((patch) => ({ patch, upgrade: 'unknown' as const }));
      if (!newText) return own.map((patch) => ({ patch, upgrade: 'conflict' as const }));
      return carryPatches(engine, oldText, newText, own).map((carried) => ({
        patch: carried.patch,
        upgrade: upgradeOf(carried),
        carried,
      }));
    } finally {
      oldText?.dispose();
      newText?.dispose();
    }
  });
}

function frozen(engine: Engine, root: string, file: string): Snapshot | undefined {
  try {
    return freezeBaseline(engine, root, file);
  } catch (error) {
    if (error instanceof FirnSetError && error.code === 'set_unknown_file') return undefined;
    throw error;
  }
}

function upgradeOf({ status, details }: CarriedPatchOfSet): Upgrade {
  switch (status) {
    case 'carried':
      return details.some(({ carried }) => carried !== 'clean') ? 'moved' : 'clean';
    case 'refused':
      return 'unknown';
    default:
      return status;
  }
}

/** Where nothing is left of the lines, the place that they had. */
function placeWords(lines: LineRange): string {
  return lines.to < lines.from ? `before line ${lines.from}` : `at ${lineSpan(lines)}`;
}

/** What of it is worth telling. */
export function upgradeFindings(
  engine: Engine,
  carried: readonly CarriedPatch[],
  root: string,
  against: string,
): Finding[] {
  return carried.flatMap(({ patch, upgrade, carried: more }): Finding[] => {
    const { label, file, set } = patch;
    const shared = { patches: [label], set };
    const conflicts = (more?.details ?? []).filter((detail) => detail.carried === 'conflict');
    const [first] = conflicts;
    const place = placeOfPatch(engine, patch, first?.patch.index);
    switch (upgrade) {
      case 'conflict': {
        const message = first
          ? `${label} conflicts with ${file} of ${against}: ${count(conflicts.length, 'patch', 'patches')}, the first ${placeWords(first.to)}`
          : (more?.problems[0]?.message ??
            `${label} is for ${file}, which ${against} does not have`);
        const line = first === undefined ? {} : { line: first.from.from };
        const related = [
          {
            message: 'what it changes here',
            place: { path: pathFromHere(`${root}/${file}`), ...line },
          },
        ];
        return [{ rule: 'upgrade_conflict', level: 'error', message, ...shared, place, related }];
      }
      case 'blocked': {
        const message = `${label} follows a patch that cannot be carried over to ${against}`;
        return [
          { rule: 'upgrade_blocked', level: 'error', message, ...shared, place, related: [] },
        ];
      }
      case 'upstream': {
        const message = `${file} of ${against} has all that ${label} changes: the patch can go`;
        return [
          { rule: 'upgrade_upstream', level: 'note', message, ...shared, place, related: [] },
        ];
      }
      default:
        return [];
    }
  });
}
