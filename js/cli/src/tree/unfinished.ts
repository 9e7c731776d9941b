/** What is said of a tree that an apply has left unfinished. */
import { Failure } from '../failure.js';
import { quoted } from '../render/safe.js';
import { shellWord } from '../render/shell.js';
import type { Root } from './root.js';

/** For who asks how to go on. Once it is being taken back there is one way only. */
export function unfinished(root: Root, undoBegun = false): Failure {
  const command = `firn apply${root.name === '.' ? '' : ` -d ${shellWord(root.name)}`}`;
  const message = undoBegun
    ? `taking back an earlier apply to ${rootName(root)} was cut short: "${command} --abort" finishes that`
    : `an earlier apply to ${rootName(root)} was cut short: "${command} --continue" finishes it, "${command} --abort" takes it back`;
  return new Failure('unfinished', message, { path: root.name });
}

export function rootName(root: Root): string {
  return quoted(root.name, "'");
}
