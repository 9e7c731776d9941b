// @ts-check
import { describeAlgebra } from './algebra.mjs';

await describeAlgebra('native');
