#!/usr/bin/env node
// Asks the registry whether a package of the lock file has a known weakness. A registry that does not answer (no network, a
// mirror without that service) is said, and is no failure: the next machine asks again.

import { spawnSync } from 'node:child_process';
import process from 'node:process';

const { stdout, error } = spawnSync(
  'npm',
  ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=20000'],
  {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  },
);

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { message: error?.message ?? 'no answer' };
  }
}

const { message, vulnerabilities } = read(stdout);
if (vulnerabilities === undefined) {
  console.log(
    `lint: npm audit: not asked, the registry does not answer (${message ?? 'no reason given'})`,
  );
} else {
  const found = Object.values(vulnerabilities);
  for (const { name, severity, range } of found) console.error(`${name} ${range}: ${severity}`);
  if (found.length > 0) process.exitCode = 1;
}
