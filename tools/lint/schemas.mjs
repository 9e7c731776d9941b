#!/usr/bin/env node
// Checks that every JSON Schema of ours is one and is closed, and that every JSON file which names its schema keeps to it and
// would not with a key more, wherever that stands.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { openObjects, openPlaces } from './closed-schemas.mjs';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', '*.json'], {
  encoding: 'utf8',
});
const problems = [];
const schemas = new Map();
const instances = [];
for (const file of listed.split('\n')) {
  if (!file || !existsSync(file)) continue;
  let value;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    continue; // Not JSON on purpose (a fixture), or biome's business.
  }
  const named = value?.$schema;
  if (named === DIALECT) schemas.set(path.resolve(file), value);
  else if (typeof named === 'string' && /^\.\.?\//.test(named))
    instances.push({ file, value, named });
}

const ajv = new Ajv2020({
  allErrors: true,
  allowUnionTypes: true,
  strictRequired: false,
  validateFormats: false,
});
// One schema may refer to another, whichever is listed first.
for (const schema of schemas.values()) if (schema.$id) ajv.addSchema(schema);
const validators = new Map();
// The corpus of the tests holds batches that are none, and says so of them case by case.
const isOfTests = (file) => path.relative('.', file).startsWith('tests/');
for (const [file, schema] of schemas) {
  try {
    validators.set(file, ajv.compile(schema));
    for (const place of isOfTests(file) ? [] : openObjects(schema)) {
      problems.push(`${path.relative('.', file)}: ${place} takes any key`);
    }
  } catch (error) {
    problems.push(`${path.relative('.', file)}: ${error.message}`);
  }
}
for (const { file, value, named } of instances) {
  const validate = validators.get(path.resolve(path.dirname(file), named));
  if (!validate) continue;
  if (validate(value)) {
    for (const place of isOfTests(file) ? [] : openPlaces(validate, value)) {
      problems.push(`${file}: ${place} may have any key`);
    }
    continue;
  }
  for (const { instancePath, message } of validate.errors) {
    problems.push(`${file}: ${instancePath || '/'} ${message}`);
  }
}

for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
