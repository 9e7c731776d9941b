import { describe, requireWhole } from './arguments.js';
import {
  ALGORITHMS,
  CONFLICT_STYLES,
  FAVORS,
  FILE_KINDS,
  FUNCTION_NAMES,
  MAP_DETAILS,
  NOT_GIVEN,
  type PatchedHandle,
  PLACEMENTS,
  POLICIES,
  SLIDES,
  TIES,
  WHITE_SPACES,
} from './binding.js';
import { invalidArgument } from './error.js';
import type {
  AppendOptions,
  ApplyOptions,
  DiffOptions,
  GitHeader,
  HistoryOptions,
  Limits,
  MappingsOptions,
  MergeOptions,
  PatchOptions,
  PlaceOptions,
  ReadDiffOptions,
  SourceMapOptions,
  StackOptions,
  UnifiedDiffOptions,
} from './options.js';
import { requireWellFormed } from './text.js';

/** The fields of an options object; a misspelt one is an error, not a silent default. */
export function fieldsOf<T extends object>(
  options: T | undefined,
  what: string,
  known: readonly (keyof T & string)[],
): Partial<T> {
  if (options === undefined) return {};
  if (options === null || typeof options !== 'object' || Array.isArray(options)) {
    throw invalidArgument(`${what} must be an object, not ${describe(options)}`);
  }
  for (const key of Object.keys(options)) {
    if (!(known as readonly string[]).includes(key)) {
      throw invalidArgument(
        `${what}: unknown option ${describe(key)}; there are ${known.join(', ')}`,
      );
    }
  }
  return options;
}

/** The 0-based place of `value` in `names`; `fallback` when it is not given. */
function placeOf(value: unknown, what: string, names: readonly string[], fallback = 0): number {
  if (value === undefined) return fallback;
  const place = typeof value === 'string' ? names.indexOf(value) : -1;
  if (place >= 0) return place;
  throw invalidArgument(`${what} must be one of ${names.join(', ')}, not ${describe(value)}`);
}

function optionalWhole(value: unknown, what: string, from: number): number {
  if (value === undefined) return NOT_GIVEN;
  return requireWhole(value, what, from, Number.MAX_SAFE_INTEGER);
}

/** Policy, ties and revision, as they cross. */
export function applyArguments(
  options: ApplyOptions | undefined,
  what: string,
): [policy: number, ties: number, revision: number] {
  if (options === undefined) return [0, 0, NOT_GIVEN]; // What most calls say, without words for it.
  const given = fieldsOf(options, `${what}: options`, ['policy', 'ties', 'revision']);
  return [
    placeOf(given.policy, `${what}: policy`, POLICIES),
    placeOf(given.ties, `${what}: ties`, TIES),
    optionalWhole(given.revision, `${what}: revision`, 0),
  ];
}

/** The same, for a verb that gives no report. */
export function patchArguments(
  options: PatchOptions | undefined,
  what: string,
): ReturnType<typeof applyArguments> {
  const given = applyArguments(options, what);
  if (POLICIES[given[0]] !== 'best-effort') return given;
  throw invalidArgument(
    `${what}: policy best-effort leaves patches out and says which in a report, which a text has not; use snapshot.apply`,
  );
}

/** Limits, as they cross. */
export function limitArguments(
  options: { readonly limits?: Limits | undefined } | undefined,
  what: string,
): [batchBytes: number, patches: number, textLines: number, nesting: number] {
  const { limits } = fieldsOf(options, `${what}: options`, ['limits']);
  const keys = ['batchBytes', 'patches', 'textLines', 'nesting'] as const;
  const given = fieldsOf(limits, `${what}: limits`, keys);
  const at = (key: (typeof keys)[number]) => optionalWhole(given[key], `${what}: limits.${key}`, 0);
  return [at('batchBytes'), at('patches'), at('textLines'), at('nesting')];
}

/** How a unified diff is written, as it crosses. */
export function unifiedDiffArguments(
  options: UnifiedDiffOptions | undefined,
  what: string,
): Parameters<PatchedHandle['unifiedDiff']> {
  const keys = ['context', 'oldName', 'newName', 'functionNames', 'git'] as const;
  const given = fieldsOf(options, `${what}: options`, keys);
  const { context = 3 } = given;
  const lines = requireWhole(context, `${what}: context`, 0, Number.MAX_SAFE_INTEGER);
  const names = placeOf(given.functionNames, `${what}: functionNames`, FUNCTION_NAMES);
  if (given.git !== undefined) {
    for (const name of ['oldName', 'newName'] as const) {
      if (given[name] === undefined) continue;
      throw invalidArgument(`${what}: ${name} is for a diff without git; give a path`);
    }
    return [lines, names, ...gitHeaderArguments(given.git, `${what}: git`)];
  }
  return [
    ...([lines, names, NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, NOT_GIVEN] as const),
    nameArgument(given.oldName, `${what}: oldName`),
    nameArgument(given.newName, `${what}: newName`),
    ...(['', ''] as const),
  ];
}

type GitHeaderArguments = [
  kind: number,
  oldMode: number,
  newMode: number,
  similarityPercent: number,
  oldPath: string,
  newPath: string,
  oldBlob: string,
  newBlob: string,
];

function gitHeaderArguments(header: GitHeader, what: string): GitHeaderArguments {
  const given = fieldsOf(header, what, [
    ...(['kind', 'oldPath', 'newPath', 'oldMode', 'newMode'] as const),
    ...(['similarityPercent', 'oldBlob', 'newBlob'] as const),
  ]);
  const { similarityPercent: percent } = given;
  return [
    placeOf(given.kind, `${what}.kind`, FILE_KINDS),
    modeArgument(given.oldMode, `${what}.oldMode`),
    modeArgument(given.newMode, `${what}.newMode`),
    percent === undefined ? NOT_GIVEN : requireWhole(percent, `${what}.similarityPercent`, 0, 100),
    nameArgument(given.oldPath, `${what}.oldPath`),
    nameArgument(given.newPath, `${what}.newPath`),
    blobArgument(given.oldBlob, `${what}.oldBlob`),
    blobArgument(given.newBlob, `${what}.newBlob`),
  ];
}

function modeArgument(mode: unknown, what: string): number {
  if (mode === undefined) return NOT_GIVEN;
  if (typeof mode === 'string' && /^[0-7]{6}$/.test(mode)) return Number.parseInt(mode, 8);
  throw invalidArgument(`${what} must be six octal digits, not ${describe(mode)}`);
}

function blobArgument(blob: unknown, what: string): string {
  if (blob === undefined) return '';
  if (typeof blob === 'string' && /^[0-9a-f]{4,64}$/i.test(blob)) return blob;
  throw invalidArgument(`${what} must be 4 to 64 hex digits, not ${describe(blob)}`);
}

function nameArgument(name: unknown, what: string): string {
  if (name === undefined) return '';
  if (typeof name !== 'string' || name === '') {
    throw invalidArgument(`${what} must be a string that is not empty, not ${describe(name)}`);
  }
  requireWellFormed(name, what);
  return name;
}

/** How a source map is written, as it crosses. */
export function sourceMapArguments(
  options: SourceMapOptions | undefined,
  what: string,
): [detail: number, withContent: boolean, file: string, source: string] {
  const keys = ['hires', 'source', 'file', 'sourcesContent'] as const;
  const given = fieldsOf(options, `${what}: options`, keys);
  return [
    placeOf(given.hires, `${what}: hires`, MAP_DETAILS),
    flagArgument(given.sourcesContent, `${what}: sourcesContent`, true),
    nameArgument(given.file, `${what}: file`),
    nameArgument(given.source, `${what}: source`),
  ];
}

/** How mappings are written, as it crosses. */
export function mappingsArguments(
  options: MappingsOptions | undefined,
  what: string,
): [detail: number] {
  const { hires } = fieldsOf(options, `${what}: options`, ['hires']);
  return [placeOf(hires, `${what}: hires`, MAP_DETAILS)];
}

/** True or false; `fallback` when it is not given. */
export function flagArgument(value: unknown, what: string, fallback = false): boolean {
  if (value === undefined) return fallback;
  if (typeof value === 'boolean') return value;
  throw invalidArgument(`${what} must be true or false, not ${describe(value)}`);
}

/** Algorithm and slide, as they cross. */
export function diffArguments(
  options: DiffOptions | undefined,
  what: string,
): [algorithm: number, slide: number] {
  const given = fieldsOf(options, `${what}: options`, ['algorithm', 'slide']);
  return [
    placeOf(given.algorithm, `${what}: algorithm`, ALGORITHMS),
    placeOf(given.slide, `${what}: slide`, SLIDES, SLIDES.indexOf('indent')),
  ];
}

/** Core's bound. */
const MAX_MARKER_SIZE = 1024;

/** Style, favor, marker size and labels, as they cross. */
export function mergeArguments(
  options: MergeOptions | undefined,
  what: string,
): [
  style: number,
  favor: number,
  markerSize: number,
  oursLabel: string,
  baseLabel: string,
  theirsLabel: string,
] {
  const keys = ['style', 'favor', 'markerSize', 'oursLabel', 'baseLabel', 'theirsLabel'] as const;
  const given = fieldsOf(options, `${what}: options`, keys);
  const { markerSize = 7, oursLabel = 'ours', baseLabel = 'base', theirsLabel = 'theirs' } = given;
  return [
    placeOf(given.style, `${what}: style`, CONFLICT_STYLES),
    placeOf(given.favor, `${what}: favor`, FAVORS),
    requireWhole(markerSize, `${what}: markerSize`, 1, MAX_MARKER_SIZE),
    labelArgument(oursLabel, `${what}: oursLabel`),
    labelArgument(baseLabel, `${what}: baseLabel`),
    labelArgument(theirsLabel, `${what}: theirsLabel`),
  ];
}

function labelArgument(label: unknown, what: string): string {
  if (typeof label !== 'string' || label.includes('\n')) {
    throw invalidArgument(`${what} must be a string of one line, not ${describe(label)}`);
  }
  requireWellFormed(label, what);
  return label;
}

/** How a diff is read, as it crosses. */
export function readDiffArguments(
  options: ReadDiffOptions | undefined,
  what: string,
): [recount: boolean, anyNames: boolean] {
  const given = fieldsOf(options, `${what}: options`, ['recount', 'anyNames']);
  return [
    flagArgument(given.recount, `${what}: recount`),
    flagArgument(given.anyNames, `${what}: anyNames`),
  ];
}

/** How hunks are placed, as it crosses. */
export function placeArguments(
  options: PlaceOptions | undefined,
  what: string,
): [
  placement: number,
  maxFuzz: number,
  whiteSpace: number,
  ignoreLineEnds: boolean,
  reverse: boolean,
  policy: number,
] {
  const given = fieldsOf(options, `${what}: options`, [
    ...(['placement', 'maxFuzz', 'whiteSpace', 'ignoreLineEnds', 'reverse', 'policy'] as const),
  ]);
  const { maxFuzz = 2 } = given;
  return [
    placeOf(given.placement, `${what}: placement`, PLACEMENTS),
    requireWhole(maxFuzz, `${what}: maxFuzz`, 0, Number.MAX_SAFE_INTEGER),
    placeOf(given.whiteSpace, `${what}: whiteSpace`, WHITE_SPACES),
    flagArgument(given.ignoreLineEnds, `${what}: ignoreLineEnds`),
    flagArgument(given.reverse, `${what}: reverse`),
    placeOf(given.policy, `${what}: policy`, POLICIES),
  ];
}

/** Revision and how many collisions, as they cross. */
export function stackArguments(
  options: StackOptions | undefined,
  what: string,
): [revision: number, maxCollisions: number] {
  const given = fieldsOf(options, `${what}: options`, ['revision', 'maxCollisions']);
  const { maxCollisions = 1000 } = given;
  return [
    optionalWhole(given.revision, `${what}: revision`, 0),
    requireWhole(maxCollisions, `${what}: maxCollisions`, 0, Number.MAX_SAFE_INTEGER),
  ];
}

/** The first revision, as it crosses. */
export function historyArguments(options: HistoryOptions | undefined, what: string): [number] {
  const { revision = 0 } = fieldsOf(options, `${what}: options`, ['revision']);
  return [requireWhole(revision, `${what}: revision`, 0, Number.MAX_SAFE_INTEGER)];
}

/** Policy and ties, as they cross. */
export function appendArguments(
  options: AppendOptions | undefined,
  what: string,
): [policy: number, ties: number] {
  const given = fieldsOf(options, `${what}: options`, ['policy', 'ties']);
  return [
    placeOf(given.policy, `${what}: policy`, POLICIES),
    placeOf(given.ties, `${what}: ties`, TIES),
  ];
}
