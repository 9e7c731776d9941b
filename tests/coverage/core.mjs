#!/usr/bin/env node
// @ts-check
// core.mjs: how much of core the native tests ran, by lines and by branches.
import { LEAST_OF_CORE } from './bounds.mjs';
import { gapsOfCore } from './gaps-of-core.mjs';
import { judge } from './judge.mjs';
import { nativeCounts } from './native-counts.mjs';

const counts = nativeCounts('build/coverage', ['core/src', 'core/include']);
judge('core', counts, LEAST_OF_CORE, gapsOfCore);
