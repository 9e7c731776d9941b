// @ts-check
// Measures what rows ask for.

import process from 'node:process';
import { suites } from './suites/all.mjs';

/** @import { Row } from './rows/row.mjs' */
/** @import { Effort, Suite } from './suites/suite.mjs' */

/**
 * @typedef {object} Measurements
 * @property {Record<string, number[]>} rounds By name, "suite:name": a number a round.
 * @property {Record<string, string>} facts
 */

/** The measurements that a row needs. @param {Row} row */
export const namesOf = ({ subject, yardstick, least }) =>
  [subject, yardstick, least].flatMap((name) => (name ? [name] : []));

/**
 * The names that rows compare, directly or by way of others, are measured together, in turns.
 * @param {string} suite
 * @param {Row[]} rows
 */
function groupsOf(suite, rows) {
  /** @type {Set<string>[]} */
  let groups = [];
  for (const row of rows) {
    const own = namesOf(row).filter((name) => name.startsWith(`${suite}:`));
    if (own.length === 0) continue;
    const touched = groups.filter((group) => own.some((name) => group.has(name)));
    const joined = new Set([...touched.flatMap((group) => [...group]), ...own]);
    groups = [...groups.filter((group) => !touched.includes(group)), joined];
  }
  return groups.map((group) => [...group].map((name) => name.slice(suite.length + 1)));
}

/**
 * Two suites that state one fact must agree: else they have not measured the same.
 * @param {Record<string, string>} facts @param {Record<string, string>} more
 */
function addFacts(facts, more) {
  for (const [name, value] of Object.entries(more)) {
    if (facts[name] !== undefined && facts[name] !== value) {
      throw new Error(`${name} is ${facts[name]}, and elsewhere ${value}`);
    }
    facts[name] = value;
  }
}

/** @param {string} line On a terminal the next one takes its place. */
function tell(line) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
}

/** @param {Suite} suite @param {Row[]} rows @param {Effort} effort @param {Measurements} into */
async function measureSuite(suite, rows, effort, into) {
  const groups = groupsOf(suite.name, rows);
  for (const [at, names] of groups.entries()) {
    tell(`bench: ${suite.name} ${at + 1}/${groups.length}: ${names[0]}`);
    const { rounds, facts } = await suite.measure(names, effort);
    for (const name of names) {
      const numbers = rounds[name];
      if (!numbers || numbers.length === 0) throw new Error(`${suite.name} knows no ${name}`);
      into.rounds[`${suite.name}:${name}`] = numbers;
    }
    addFacts(into.facts, facts);
  }
  tell('');
}

/**
 * @param {Row[]} rows
 * @param {Effort} effort
 * @returns {Promise<Measurements>}
 */
export async function measureRows(rows, effort) {
  /** @type {Measurements} */
  const measurements = { rounds: {}, facts: {} };
  for (const suite of suites) await measureSuite(suite, rows, effort, measurements);
  return measurements;
}
