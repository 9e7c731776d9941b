// A reporter for Node's test runner that is silent about what passes: a line a test file, and every failure in full.

import path from 'node:path';
import process from 'node:process';

export default async function* report(source) {
  const files = new Map();
  const skipped = new Map();
  for await (const { type, data } of source) {
    const file = data.file && path.relative(process.cwd(), data.file);
    if (type === 'test:pass' && data.details.type !== 'suite') {
      const counts = data.skip === undefined ? files : skipped;
      counts.set(file, (counts.get(file) ?? 0) + 1);
    } else if (type === 'test:fail' && data.details.error.failureType !== 'subtestsFailed') {
      const { cause } = data.details.error;
      yield `FAILED ${file}:${data.line}: ${data.name}\n${indent(cause?.stack ?? cause ?? data.details.error)}\n`;
    } else if (type === 'test:stdout' || type === 'test:stderr') {
      yield data.message;
    }
  }
  for (const file of new Set([...files.keys(), ...skipped.keys()])) {
    const also = skipped.has(file) ? `, ${skipped.get(file)} skipped` : '';
    yield `${file}: ${files.get(file) ?? 0} passed${also}\n`;
  }
}

function indent(text) {
  return String(text).replace(/^/gm, '    ');
}
