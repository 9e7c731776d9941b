// @ts-check
import { root } from '../suites/suite.mjs';

/** The command `firn`, as built. */
export const firn = `${root}js/cli/bin/firn.js`;
