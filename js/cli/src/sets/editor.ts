/** A text in the user's editor. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { Failure } from '../failure.js';
import { fileNamed } from '../io/errno.js';

/** A copy to edit, in a folder of its own under the name that the file has: editors go by it. */
export class EditorCopy {
  readonly path: string;
  readonly #folder: string;
  readonly #before: Uint8Array;

  constructor(name: string, bytes: Uint8Array) {
    // The folder is the user's alone, whatever is in the text.
    this.#folder = mkdtempSync(path.join(os.tmpdir(), 'firn-edit-'));
    this.path = path.join(this.#folder, path.basename(name));
    this.#before = bytes;
    writeFileSync(this.path, bytes);
  }

  /** Waits until the editor is closed. What was edited stays where it is when the editor fails; what was not, goes. */
  edit(): Buffer {
    const { VISUAL, EDITOR } = process.env;
    const editor = VISUAL || EDITOR || 'vi';
    // As git does it: the shell understands `code --wait`, and the path is no part of the command.
    // A trap, unlike a signal that is ignored, is not handed on to the editor.
    const command = ['-c', `trap : INT QUIT; ${editor} "$@"`, editor, this.path];
    const { status, signal, error } = undisturbed(() =>
      spawnSync('sh', command, { stdio: 'inherit' }),
    );
    if (!error && status === 0) return readFileSync(this.path);
    const { name } = fileNamed(editor);
    const why = error?.message ?? (signal ? `${signal} ended it` : `it ended with code ${status}`);
    if (this.#isChanged()) {
      throw new Failure('io', `the editor ${name} failed (${why}); the copy is in ${this.path}`);
    }
    this.remove();
    throw new Failure('io', `the editor ${name} failed (${why})`);
  }

  #isChanged(): boolean {
    return existsSync(this.path) && !readFileSync(this.path).equals(this.#before);
  }

  /** What `use` makes; when it fails, the message says where the copy is. */
  keptOnFailure<T>(use: () => T): T {
    try {
      return use();
    } catch (error) {
      if (error instanceof Error) error.message += `; the copy is in ${this.path}`;
      throw error;
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The terminal sends Ctrl-C to all that run in it; what it means is for the editor to say, as with git's. */
function undisturbed<T>(act: () => T): T {
  const signals = ['SIGINT', 'SIGQUIT'] as const;
  const ignore = () => {};
  for (const signal of signals) process.on(signal, ignore);
  try {
    return act();
  } finally {
    for (const signal of signals) process.off(signal, ignore);
  }
}
