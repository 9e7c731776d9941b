/** The patch sets that a command is about. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { FirnSetError, isId, type PatchEntry, type PatchSet, type SetPatch } from '@firn/sets';
import {
  loadOutline,
  loadSets,
  pathBelow,
  type SetOutline,
  setNames,
  settleSet,
} from '@firn/sets/node';
import type { OneSetOptions } from '../calls/set-options.js';
import type { Answer } from '../commands/answer.js';
import { Exit } from '../exit.js';
import { Failure, usage } from '../failure.js';
import { errnoOf, fileNamed, ioFailure } from '../io/errno.js';
import { quotedShort } from '../render/safe.js';
import { similarTo } from '../render/similar.js';
import { listed } from '../render/words.js';
import { isOurs, MAX_NAME } from '../tree/names.js';

/** The one set to change: the one named, or the only one there is. */
export function oneSet({ patches, set }: OneSetOptions): PatchSet {
  const name = set ?? onlySet(patches);
  settleSets(patches, [name]);
  const [found] = loadSets(patches, [name]);
  if (!found) throw new Error('a set that was asked for was not loaded');
  return found;
}

/** The patch that the call names: an id in the one set, or `SET/ID`. */
export function patchNamed(
  name: string,
  options: OneSetOptions,
): { readonly set: PatchSet; readonly patch: SetPatch } {
  const { id, ...named } = partsOf(name);
  const set = oneSet({ ...options, ...named });
  return { set, patch: patchIn(set, id) };
}

/** The same as the manifest has it, whatever has become of the patch files. */
export function entryNamed(
  name: string,
  options: OneSetOptions,
): { readonly set: SetOutline; readonly entry: PatchEntry } {
  const { patches } = options;
  const { id, set: owner = options.set ?? onlySet(patches) } = partsOf(name);
  settleSets(patches, [owner]);
  const set = loadOutline(patches, owner);
  return { set, entry: withId(set.id, set.manifest.patches, id) };
}

/** Of sets that are to be changed: what an earlier change was killed at is ended first. */
export function settleSets(patches: string, names: readonly string[]): void {
  for (const name of setNames(patches)) {
    if (names.includes(name)) settleSet(`${patches}/${name}`);
  }
}

function partsOf(name: string): { readonly id: string; readonly set?: string } {
  const slash = name.indexOf('/');
  return slash === -1 ? { id: name } : { id: name.slice(slash + 1), set: name.slice(0, slash) };
}

/** The patch of that id. */
export function patchIn(set: PatchSet, id: string): SetPatch {
  return withId(set.id, set.patches, id);
}

function withId<T extends PatchEntry>(set: string, patches: readonly T[], id: string): T {
  const patch = patches.find((candidate) => candidate.id === id);
  if (patch) return patch;
  const ids = patches.map((candidate) => candidate.id);
  const meant = similarTo(id, ids);
  const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
  throw usage(`set "${set}" has no patch ${quotedShort(id, MAX_NAME)}${hint}`);
}

function onlySet(patches: string): string {
  const names = setNames(patches);
  const [only] = names;
  if (only !== undefined && names.length === 1) return only;
  if (only === undefined) throw noSets(patches);
  throw usage(`which set? --set takes one of ${listed(names)}`);
}

export function noSets(patches: string): Failure {
  const { name } = fileNamed(patches);
  return usage(`there is no patch set in ${name}: firn init makes one`);
}

/** A baseline that is not there has lost no files. */
export function requireRoot(root: string): void {
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory()) return;
  const { name } = fileNamed(root);
  throw usage(`there is no folder ${name}: --root says where the baseline is`);
}

/** What people and their shells call a file of the baseline, `./src/x` or `ROOT/src/x`, as the sets name it. */
export function nameBelow(root: string, named: string): string {
  const name = path.normalize(named);
  const isFromHere = !existsSync(path.join(root, name)) && existsSync(name);
  const below = isFromHere ? pathBelow(path.resolve(root), path.resolve(name)) : undefined;
  return below ?? name.split(path.sep).join('/');
}

/** Of what the call names. */
export function requireId(name: string, what: string): void {
  if (isId(name)) return;
  const rule = 'letters, digits, ".", "_" and "-", at most 100, the first a letter or digit';
  throw usage(`${what} is made of ${rule}: ${quotedShort(name, MAX_NAME)} is none`);
}

/** What comes of a command, with what is wrong with the sets as an answer. */
export async function answering(act: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof FirnSetError) return refusedSets(error);
    throw asFailure(error);
  }
}

/** The system's errors come as Node has them. */
function asFailure(error: unknown): unknown {
  if (!(error instanceof Error) || errnoOf(error) === undefined) return error;
  const { path: named, syscall } = Object.assign({ path: undefined, syscall: undefined }, error);
  if (typeof named !== 'string') return error;
  // A file of ours that is to take another's place is nothing to the user: its folder is.
  if (isOurs(path.basename(named)))
    return ioFailure('write', fileNamed(path.dirname(named)), error);
  const isRead = ['open', 'read', 'scandir', 'lstat', 'realpath'].includes(String(syscall));
  return ioFailure(isRead ? 'read' : 'write', fileNamed(named), error);
}

function refusedSets(error: FirnSetError): Answer {
  const { code, message, path, set } = error;
  if (code === 'set_changed_meanwhile') throw new Failure('changed_meanwhile', message);
  if (code === 'set_unknown_set') throw usage(unknownSet(message, path, set));
  const { problems } = error;
  return refusedFor(problems);
}

export function refusedFor(
  problems: FirnSetError['problems'],
  last = 'nothing is changed',
): Answer {
  return {
    exitCode: Exit.refused,
    facts: () => ({ problems }),
    words: async (screenOf) => {
      const { renderProblems } = await import('../render/set-problems.js');
      return { err: `${renderProblems(problems, screenOf(2))}firn: ${last}\n` };
    },
  };
}

function unknownSet(message: string, folder: string | undefined, name: string | undefined): string {
  if (folder === undefined || name === undefined) return message;
  const meant = similarTo(name, setNames(folder));
  return meant === undefined
    ? message
    : `${message} (did you mean ${quotedShort(meant, MAX_NAME)}?)`;
}
