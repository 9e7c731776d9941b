// @ts-check
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** @param {string} file */
function runs(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The browser of the machine: $CHROMIUM, else what PATH has. */
export function findChromium() {
  const { CHROMIUM: named, PATH = '' } = process.env;
  const folders = PATH.split(path.delimiter);
  const found = named ? [named] : folders.map((folder) => path.join(folder, 'chromium'));
  const file = found.find(runs);
  if (file) return file;
  throw new Error(
    named
      ? `CHROMIUM names ${named}, which does not run`
      : 'there is no chromium on PATH: install it (Debian: apt-get install chromium) or name one with CHROMIUM',
  );
}
