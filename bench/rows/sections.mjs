// @ts-check
// All rows, in the order of the report.

import { apply, doubling, freeze, wasmOverNative } from './core.mjs';
import { instructions, memory, size } from './counts.mjs';
import { diff, diffText, merge } from './diff-and-merge.mjs';
import { hostile } from './hostile.mjs';
import {
  cold,
  coldOverLeast,
  fromJson,
  heldInNode,
  overLeast,
  toBytes,
  toKeptBytes,
  viewport,
} from './javascript.mjs';
import { inPage, ofPage } from './page.mjs';
import { build, bundle, doublingFiles, oneFile, tree } from './processes.mjs';
import { sourceMap } from './source-maps.mjs';

export const SECTIONS = [
  freeze,
  apply,
  wasmOverNative,
  ...toBytes,
  ...toKeptBytes,
  overLeast,
  fromJson,
  cold,
  coldOverLeast,
  viewport,
  diff,
  diffText,
  merge,
  sourceMap,
  tree,
  build,
  bundle,
  oneFile,
  doubling,
  doublingFiles,
  inPage,
  ofPage,
  hostile,
  memory,
  heldInNode,
  instructions,
  size,
];
