/** SARIF 2.1.0 (OASIS): what code scanning services take. */
import type { Finding, GateReport, Place } from '../gate/finding.js';
import { ruleWords } from '../gate/finding.js';

export function sarifOf({ findings }: GateReport, version: string): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const driver = {
    name: 'firn',
    semanticVersion: version,
    rules: rules.map((id) => ({ id, shortDescription: { text: ruleWords[id] } })),
  };
  const results = findings.map((finding) => ({
    ruleId: finding.rule,
    ruleIndex: rules.indexOf(finding.rule),
    level: finding.level,
    message: { text: finding.message },
    locations: [locationOf(finding.place)],
    ...(finding.related.length === 0 ? {} : { relatedLocations: relatedOf(finding) }),
    partialFingerprints: { 'firnFinding/v1': identityOf(finding) },
  }));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'unicodeCodePoints', results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function locationOf({ path, line, column }: Place) {
  const region = { startLine: line, ...(column === undefined ? {} : { startColumn: column }) };
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(path), uriBaseId: '%SRCROOT%' },
      ...(line === undefined ? {} : { region }),
    },
  };
}

function relatedOf({ related }: Finding) {
  return related.map(({ message, place }, id) => ({
    id,
    message: { text: message },
    ...locationOf(place),
  }));
}

/** A relative reference: a colon in its first segment would be read as a scheme. */
function uriOf(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/');
}

/** What stays the same when lines move: a service then knows a finding again. */
function identityOf({ rule, patches, set, place }: Finding): string {
  return [rule, patches.length > 0 ? patches.join('+') : `${set ?? ''}:${place.path}`].join(' ');
}
