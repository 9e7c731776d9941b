import { setTimeout as sleep } from 'node:timers/promises';
import { BrokenPipe } from '../failure.js';
import { writeSome } from './calls.js';
import { errnoOf, ioFailure, type Place, placeOf } from './errno.js';

/** Writes all of it. Node's own stream for a file on standard output would lose what a full disk cuts off. */
export async function writeAll(fd: number, data: Uint8Array | string, place: Place): Promise<void> {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSome(fd, bytes, at);
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === 'EPIPE') throw new BrokenPipe();
      if (errno !== 'EAGAIN') throw ioFailure('write', place, error);
      // A slow reader, and a pipe that someone has made non-blocking.
      await sleep(2);
    }
  }
}

export function writeOut(data: Uint8Array | string): Promise<void> {
  return writeAll(1, data, placeOf('-', 'standard output'));
}

/** When standard error takes nothing, there is nobody to tell. */
export async function writeErr(text: string): Promise<void> {
  try {
    await writeAll(2, text, { path: '-', name: 'standard error' });
  } catch {
    // See above.
  }
}
