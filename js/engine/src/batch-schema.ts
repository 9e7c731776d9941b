/**
 * JSON Schema of a batch, the one source of `schema/firn.batch.schema.json` (written by
 * scripts/write-schema.mjs). It says what to write, so the older names that the engine also reads
 * (`type`, `lineNumber`, a bare array) are not in it. Agents take it as a tool's input schema: the
 * top is an object, and every field says what it means.
 */

const MAX_COUNT = Number.MAX_SAFE_INTEGER;

const extensions = { '^x-': { description: 'Yours; ignored.' } };

const line = {
  type: 'integer',
  minimum: 1,
  maximum: MAX_COUNT,
  description:
    'The first line taken, counted from 1 in the frozen text; never in a half-patched one.',
};
const endLine = {
  type: 'integer',
  minimum: 1,
  maximum: MAX_COUNT,
  description: 'The last line taken, included. Default: line. Not before line.',
};
const text = {
  type: 'string',
  description:
    'The new lines in one string, split at LF. A final LF ends the last line and starts no empty one; "" is one empty line. Give either text or lines.',
};
const lines = {
  type: 'array',
  items: { type: 'string', pattern: '^[^\\n]*$' },
  description:
    'The new lines, one string a line, without line ends; [] is no line. Give either text or lines.',
};
const expect = {
  type: 'string',
  description:
    'What the named lines hold now, joined with LF, without a final one. If they hold something else the patch is refused, and the error says what they hold.',
};
const verbatim = {
  type: 'boolean',
  description:
    'True: text goes into the file byte for byte and brings its own line ends, a missing last one included. Default: the line ends of the file are used, and its final newline stays as it is.',
};
const id = {
  type: 'string',
  minLength: 1,
  description: 'Names the patch in errors and reports; unique in the batch.',
};

const newLines = [{ required: ['text'] }, { required: ['lines'] }];

const replace = {
  title: 'replace',
  description: 'Puts new lines in the place of lines line to endLine.',
  type: 'object',
  properties: { op: { const: 'replace' }, id, line, endLine, text, lines, verbatim, expect },
  patternProperties: extensions,
  required: ['op', 'line'],
  oneOf: newLines,
  dependentRequired: { verbatim: ['text'] },
  additionalProperties: false,
};

const remove = {
  title: 'delete',
  description: 'Takes lines line to endLine away.',
  type: 'object',
  properties: { op: { const: 'delete' }, id, line, endLine, verbatim, expect },
  patternProperties: extensions,
  required: ['op', 'line'],
  additionalProperties: false,
};

const insert = {
  title: 'insert',
  description: 'Puts new lines before line line; the last line number + 1 appends.',
  type: 'object',
  properties: {
    op: { const: 'insert' },
    id,
    line: { ...line, description: 'The line of the frozen text that the new lines go before.' },
    text,
    lines,
    verbatim,
    expect,
  },
  patternProperties: extensions,
  required: ['op', 'line'],
  oneOf: newLines,
  dependentRequired: { verbatim: ['text'] },
  additionalProperties: false,
};

const base = {
  type: 'object',
  description: 'The text that the batch was made for; on any other the batch is refused.',
  properties: {
    fingerprint: {
      type: 'string',
      pattern: '^[0-9A-Fa-f]{32}$',
      description: 'XXH3-128 of its bytes, 32 hex digits: snapshot.fingerprint.',
    },
    lineCount: {
      type: 'integer',
      minimum: 0,
      maximum: MAX_COUNT,
      description: 'How many lines it has.',
    },
  },
  patternProperties: extensions,
  additionalProperties: false,
};

export const batchSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'firn.batch.schema.json',
  title: 'firn.batch/1',
  description:
    'Patches over one frozen text. Every line number is a line of that text, as if no other patch were there; no two patches may touch the same line.',
  type: 'object',
  properties: {
    schema: { const: 'firn.batch/1' },
    id: { type: 'string', minLength: 1, description: 'Names the batch in reports.' },
    file: { type: 'string', minLength: 1, description: 'The file that the patches are for.' },
    base,
    revision: {
      type: 'integer',
      minimum: 0,
      maximum: MAX_COUNT,
      description: 'The revision that the batch was made for; at any other it is refused.',
    },
    patches: { type: 'array', items: { oneOf: [replace, remove, insert] } },
  },
  patternProperties: extensions,
  required: ['patches'],
  additionalProperties: false,
};
