// @ts-check
// Contenders that are asked for the same thing.

/** @import { Engine } from '@firn/engine' */

/**
 * Each contender prepares what a user would have at hand, and returns what is timed.
 *
 * @template Input
 * @typedef {object} Field
 * @property {Record<string, (engine: Engine, input: Input) => () => unknown>} tasks What is asked of
 *   an engine, by name.
 * @property {Record<string, (input: Input) => () => unknown>} peers Who else can do it, by name.
 * @property {(made: unknown, input: Input) => boolean} isRight Whether that is what was asked for.
 */

export {};
