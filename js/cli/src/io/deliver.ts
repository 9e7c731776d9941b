import { closeSync, constants, openSync } from 'node:fs';
import type { Destination } from './destination.js';
import { ioFailure, type Place } from './errno.js';
import type { Identity } from './read.js';
import { writeAll } from './write.js';

/**
 * Puts the bytes where they go: a file is replaced as one step, pipes and devices are written to.
 * With `expected`, the file must still be that one.
 */
export async function deliver(
  bytes: Uint8Array,
  destination: Destination,
  place: Place,
  expected: Identity | undefined,
): Promise<void> {
  if (destination.kind === 'descriptor') return writeAll(destination.fd, bytes, place);
  if (destination.kind === 'stream') return writeStream(destination.path, bytes, place);
  const { path, stats } = destination;
  const { replaceFile } = await import('./replace-file.js');
  await replaceFile({ path, place, bytes, stats, expected });
}

async function writeStream(path: string, bytes: Uint8Array, place: Place): Promise<void> {
  let fd: number;
  try {
    fd = openSync(path, constants.O_WRONLY);
  } catch (error) {
    throw ioFailure('write', place, error);
  }
  try {
    await writeAll(fd, bytes, place);
  } finally {
    closeSync(fd);
  }
}
