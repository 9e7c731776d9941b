// @ts-check
import { chromium } from './chromium.mjs';
import { counts } from './counts.mjs';
import { download } from './download.mjs';
import { core, hostile, peers } from './google-benchmark.mjs';
import { memory } from './memory.mjs';
import { node } from './node.mjs';
import { openPage } from './open-page.mjs';
import { page } from './page.mjs';
import { processes } from './processes.mjs';

/** @import { Suite } from './suite.mjs' */

/** @type {Suite[]} */
export const suites = [
  core,
  hostile,
  peers,
  node,
  memory,
  chromium,
  page,
  openPage,
  processes,
  counts,
  download,
];
