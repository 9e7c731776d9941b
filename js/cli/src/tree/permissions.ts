/** What the system allows us to do with a file of the tree, and what a new one takes over from it. */
import { accessSync, fchmodSync, fchownSync, constants as fs } from 'node:fs';
import process from 'node:process';
import { fileNamed, ioFailure } from '../io/errno.js';
import { folderOf, JOURNAL } from './names.js';
import type { Step } from './plan.js';
import type { FileIdentity, Root } from './root.js';

/** A rename asks only the folder; a file that is not to be written must not be replaced either. */
export function requireWritable(path: string, { uid, mode }: FileIdentity): void {
  const isOurs = uid === us.uid && (mode & 0o200) !== 0;
  if (!isOurs) accessSync(path, fs.W_OK);
}

/** Refuses steps that a commit of them would be refused, as far as that can be told without trying. */
export function requireAllWritable(root: Root, steps: readonly Step[]): void {
  if (steps.length === 0) return;
  requireFolder(root, '', JOURNAL);
  const folders = new Set<string>(['']);
  for (const step of steps) {
    if (step.kind !== 'write' && step.kind !== 'remove') continue;
    const { path, before } = step.deed;
    let folder = folderOf(path);
    while (!root.hasFolder(folder)) folder = folderOf(folder);
    if (!folders.has(folder)) requireFolder(root, folder, path);
    folders.add(folder);
    try {
      if (before) requireWritable(root.at(path), before.identity);
    } catch (error) {
      throw ioFailure('write', fileNamed(root.shown(path)), error);
    }
  }
}

function requireFolder(root: Root, folder: string, file: string): void {
  try {
    accessSync(root.at(folder), fs.W_OK | fs.X_OK);
  } catch (error) {
    throw ioFailure('write', fileNamed(root.shown(file)), error);
  }
}

/** The owner, group and mode of the file that is replaced; only where that is not so already. */
export function takeOver(fd: number, { uid, gid }: FileIdentity, mode: number): void {
  const isOurs = uid === us.uid && gid === us.gid;
  if (!isOurs && !mayGive(fd, uid, gid)) {
    // Never another one's set-user-id.
    fchmodSync(fd, mode & 0o777);
  } else if (!isOurs || (mode & ~us.umask) !== mode || mode > 0o777) {
    fchmodSync(fd, mode);
  }
}

const us = { uid: process.geteuid?.(), gid: process.getegid?.(), umask: process.umask() };

function mayGive(fd: number, uid: number, gid: number): boolean {
  try {
    fchownSync(fd, uid, gid);
    return true;
  } catch {
    return false;
  }
}
