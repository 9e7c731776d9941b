/** The journal that an apply to a tree writes while it works: journal-format.ts says what is in it. */
import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, fsyncSync, openSync, unlinkSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { writeFull, writePieces } from '../io/calls.js';
import { errnoOf, fileNamed, ioFailure } from '../io/errno.js';
import type { Before } from './draft.js';
import {
  type Header,
  type JournalStep,
  markUndo,
  type Old,
  READY,
  type Record,
  SCHEMA,
} from './journal-format.js';
import { folderOf, JOURNAL } from './names.js';
import type { Step } from './plan.js';
import { ourselves } from './process-identity.js';
import { findJournal } from './read-journal.js';
import type { Root } from './root.js';
import { unfinished } from './unfinished.js';

/** The journal of this very process. */
export class Journal implements Record {
  readonly steps: readonly JournalStep[];
  readonly #root: Root;
  readonly #fd: number;
  readonly #contents = new Map<Old, Buffer>();
  /** Where the last line begins, once it is there. */
  #readyOffset = 0;

  /** Writes it down; of the tree nothing is touched yet. Throws when there is one already. */
  constructor(root: Root, steps: readonly Step[]) {
    this.#root = root;
    this.steps = this.#describe(steps);
    this.#fd = this.#create();
    try {
      const header: Header = { schema: SCHEMA, process: ourselves(), steps: this.steps };
      writePieces(this.#fd, [
        Buffer.from(`${JSON.stringify(header)}\n`),
        ...this.#contents.values(),
      ]);
    } catch (error) {
      this.end();
      throw ioFailure('write', fileNamed(root.shown(JOURNAL)), error);
    }
  }

  content(old: Old): Buffer {
    const bytes = this.#contents.get(old);
    if (bytes === undefined) throw new Error('no such content in the journal');
    return bytes;
  }

  /** From here on the tree is worked on. */
  ready(flush: boolean): void {
    this.#readyOffset = fstatSync(this.#fd).size;
    writeFull(this.#fd, Buffer.from(READY));
    if (flush) fsyncSync(this.#fd);
  }

  beginUndo(): void {
    markUndo(this.#fd, this.#readyOffset);
  }

  /** Nothing is left to be done or taken back. */
  end(): void {
    closeSync(this.#fd);
    unlinkSync(this.#root.at(JOURNAL));
  }

  #create(): number {
    try {
      return openSync(this.#root.at(JOURNAL), EXCLUSIVELY, 0o600);
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') {
        // Made since we looked; if its owner is at work, that is what is said.
        findJournal(this.#root);
        throw unfinished(this.#root);
      }
      throw ioFailure('write', fileNamed(this.#root.shown(JOURNAL)), error);
    }
  }

  #describe(steps: readonly Step[]): JournalStep[] {
    const tag = randomBytes(8).toString('hex');
    let offset = 0;
    const old = ({ bytes, identity }: Before): Old => {
      const { mode, uid, gid } = identity;
      const where = { offset, byteLength: bytes.length, mode: mode & 0o7777, uid, gid };
      offset += bytes.length;
      this.#contents.set(where, bytes);
      return where;
    };
    return steps.map((step, index) => {
      if (step.kind === 'folder' || step.kind === 'prune') return step;
      if (step.kind === 'remove') {
        return { kind: 'remove', path: step.deed.path, before: old(step.deed.before) };
      }
      const { path, before, after } = step.deed;
      return {
        kind: 'write',
        path,
        staged: this.#beside(path, `.firn-${tag}-${index}.tmp`),
        byteLength: after.bytes.length,
        crc32: crc32(after.bytes),
        before: before ? old(before) : null,
      };
    });
  }

  /** In the same folder, or, when that is still to be made, in the next one above it. */
  #beside(path: string, name: string): string {
    let folder = folderOf(path);
    while (!this.#root.hasFolder(folder)) folder = folderOf(folder);
    return folder === '' ? name : `${folder}/${name}`;
  }
}

const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW = 0 } = constants;
/** A new file of ours, or none. */
export const EXCLUSIVELY = O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW;
