// @ts-check
/**
 * The inputs that every target of the fuzzers begins with: the conformance corpus, written as each target reads it (input.h),
 * and what is kept in corpus/. Inputs are binary strings: one character a byte.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readCorpus } from '../conformance/corpus.mjs';
import { binaryOf, utf8 } from '../conformance/oracle.mjs';

/** @typedef {{ type?: unknown, op?: unknown, line?: unknown, endLine?: unknown, text?: unknown, lines?: unknown, verbatim?: unknown, expect?: unknown }} PatchJson */
/** @typedef {Record<string, unknown>} Json */

export const TARGETS = /** @type {const} */ ([
  'algebra',
  'apply',
  'c_abi',
  'diff',
  'history',
  'merge',
  'place',
  'read_batch',
  'read_diff',
  'read_text_edits',
  'rebase',
  'source_map',
  'stack',
  'words',
]);
/** @typedef {(typeof TARGETS)[number]} Target */

const RECORD_SEPARATOR = '\x1E';
const MARKS = new Map([
  ['replace', '='],
  ['delete', '-'],
  ['insert', '+'],
]);
// As in input.h.
const [VERBATIM, AS_LINES, EXPECT, EXPECT_OTHER, PAST_THE_END] = [1, 2, 4, 8, 16];

/** @param {number} value */
const digit = (value) => String.fromCharCode(48 + (value & 0x7f));

/** The place of what an option says among those it may say; 0 where it says nothing. @param {readonly string[]} choices @param {unknown} said */
const choice = (choices, said) => digit(Math.max(0, choices.indexOf(String(said))));

const POLICIES = ['fail-fast', 'atomic', 'best-effort'];
const TIES = ['reject', 'keep-order'];

/** @param {string} settings @param {string[]} texts */
const input = (settings, ...texts) => [settings, ...texts].join(RECORD_SEPARATOR);

/** @param {unknown} value @returns {value is Json} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text of a case, given as UTF-8 or in base 64. @param {Json} test @param {string} key */
function textOf(test, key) {
  const base64 = test[`${key}Base64`];
  if (typeof base64 === 'string') return binaryOf(Buffer.from(base64, 'base64'));
  const text = test[key];
  return typeof text === 'string' ? utf8(text) : '';
}

/** A patch as patches_in() reads it. @param {unknown} patch @param {number} lineCount */
function notationOf(patch, lineCount) {
  if (!isObject(patch)) return '';
  const { op, line, endLine = line, text, lines, verbatim, expect } = patch;
  if (typeof line !== 'number' || typeof endLine !== 'number') return '';
  const added = Array.isArray(lines) ? lines.join('|') : typeof text === 'string' ? text : '';
  let how = (verbatim === true ? VERBATIM : 0) | (Array.isArray(lines) ? AS_LINES : 0);
  if (expect !== undefined)
    how |= typeof expect === 'string' && text === expect ? EXPECT_OTHER : EXPECT;
  if (line > lineCount) how |= PAST_THE_END;
  const mark = MARKS.get(String(op)) ?? '=';
  const shown = utf8(added).replaceAll('\r\n', '~').replaceAll('\n', '|');
  return `${mark}${digit(line - 1)}${digit(endLine - line)}${digit(how)}${shown}`;
}

/** @param {unknown} batch @param {string} text */
function patchesOf(batch, text) {
  const patches = isObject(batch) ? batch['patches'] : batch;
  const lineCount = text.split('\n').length;
  return Array.isArray(patches)
    ? patches.map((patch) => notationOf(patch, lineCount)).join('\n')
    : '';
}

/** What a case of a verb is to the targets. @type {Record<string, (test: Json, options: Json) => [Target, string][]>} */
const OF_VERB = {
  'read-diff': (test) => [['read_diff', textOf(test, 'diff')]],
  place: (test, options) => {
    const settings = [
      choice(['exact', 'search', 'fuzzy'], options['placement']),
      digit(Number(options['maxFuzz'] ?? 2) % 4),
      choice(['compare', 'ignore-trailing', 'ignore-amount'], options['whiteSpace']),
      digit(Number(options['ignoreLineEnds'] === true)),
      digit(Number(options['reverse'] === true)),
      '3',
      digit(Number(test['recount'] === true)),
    ];
    const diff = textOf(test, 'diff');
    return [
      ['place', input(settings.join(''), textOf(test, 'base'), diff)],
      ['read_diff', diff],
    ];
  },
  diff: (test, options) => {
    const texts = [textOf(test, 'before'), textOf(test, 'after')];
    return [
      ['diff', input(choice(['none', 'down', 'indent'], options['slide'] ?? 'indent'), ...texts)],
      ['place', input('1200030', texts[0] ?? '', ...texts)],
    ];
  },
  merge: (test, options) => {
    const settings = [
      choice(['merge', 'diff3', 'zdiff3'], options['style']),
      choice(['nobody', 'ours', 'theirs', 'both'], options['favor']),
    ];
    const texts = ['base', 'ours', 'theirs'].map((key) => textOf(test, key));
    return [['merge', input(settings.join(''), ...texts)]];
  },
  invert: (test) => {
    const base = textOf(test, 'base');
    return [['algebra', input('', base, patchesOf(test['batch'], base))]];
  },
  compose: (test) => {
    const base = textOf(test, 'base');
    const batches = [patchesOf(test['batch'], base), patchesOf(test['second'], base)];
    return [
      ['algebra', input('', base, ...batches)],
      ['history', input('0002', base, ...batches)],
    ];
  },
  rebase: (test, options) => {
    const base = textOf(test, 'base');
    const batch = patchesOf(test['batch'], base);
    return [['rebase', input(choice(TIES, options['ties']), base, textOf(test, 'onto'), batch)]];
  },
  'text-edits': (test) => [
    ['read_text_edits', input('', textOf(test, 'base'), utf8(JSON.stringify(test['edits'])))],
  ],
  stack: (test) => {
    const base = textOf(test, 'base');
    const batches = Array.isArray(test['batches']) ? test['batches'] : [];
    return [['stack', input('', base, ...batches.map((batch) => patchesOf(batch, base)))]];
  },
  history: (test) => {
    const base = textOf(test, 'base');
    const steps = Array.isArray(test['steps']) ? test['steps'].filter(isObject) : [];
    const first = Number(test['revision'] ?? 0) % 3;
    const settings = steps.map(({ undo }) => (undo === undefined ? '0' : digit(Number(undo) % 16)));
    const batches = steps.filter(({ append }) => append !== undefined);
    const texts = batches.map(({ append }) => patchesOf(append, base));
    return [['history', input(`${first}${settings.join('')}`, base, ...texts)]];
  },
  words: (test) => [['words', input('', textOf(test, 'before'), textOf(test, 'after'))]],
};

/** What a case that applies a batch is to the targets. @param {Json} test @param {Json} options @returns {[Target, string][]} */
function ofBatch(test, options) {
  const base = textOf(test, 'base');
  const { batch } = test;
  const json =
    textOf(test, 'batch') || textOf(test, 'batchText') || utf8(JSON.stringify(batch ?? []));
  if (batch === undefined) return [['read_batch', json]];
  const patches = patchesOf(batch, base);
  const settings = [choice(POLICIES, options['policy']), choice(TIES, options['ties'])].join('');
  return [
    ['read_batch', json],
    ['apply', input(settings, base, patches)],
    ['source_map', input('1', base, patches)],
    ['algebra', input('', base, patches)],
  ];
}

/** Those that are kept because a fuzzer found them, or to begin with. @param {Target} target @returns {string[]} */
function keptOf(target) {
  const file = path.join(import.meta.dirname, 'corpus', `${target}.json`);
  if (!existsSync(file)) return [];
  /** @type {unknown} */
  const inputs = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(inputs)) throw new Error(`${file} is no array of inputs`);
  return inputs.map(String);
}

/** Every input by its target, each once. @returns {Map<Target, string[]>} */
export function allInputs() {
  const inputs = new Map(TARGETS.map((target) => [target, new Set(keptOf(target))]));
  for (const { cases } of readCorpus()) {
    for (const test of /** @type {Json[]} */ (/** @type {unknown} */ (cases))) {
      const options = isObject(test['options']) ? test['options'] : {};
      const ofVerb = OF_VERB[String(test['verb'])];
      const made =
        test['verb'] === undefined ? ofBatch(test, options) : (ofVerb?.(test, options) ?? []);
      for (const [target, bytes] of made) inputs.get(target)?.add(bytes);
    }
  }
  return new Map(Array.from(inputs, ([target, unique]) => [target, [...unique]]));
}
