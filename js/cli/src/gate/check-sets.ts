/** Do all patches of some sets still fit the baseline? Every problem of every set is found, none hides another. */
import type { Change, Engine, LineRange, Snapshot } from '@firn/engine';
import type { Conditions, PatchSet, SetErrorFields, SetPatch } from '@firn/sets';
import { withoutPlace } from '../render/set-problems.js';
import { count } from '../render/words.js';
import { conflictsWaiting } from '../sets/conflicts-file.js';
import type { Finding, JudgedPatch, Place, Related } from './finding.js';
import { changesOf, syntaxFindings } from './syntax.js';
import { openSets, type TriedFile, triedFiles } from './try-sets.js';
import { pathFromHere, placeOfOffset, placeOfPatch } from './where.js';

export interface GateInput {
  readonly engine: Engine;
  /** The baseline's folder. */
  readonly root: string;
  /** The folder of the sets. */
  readonly folder: string;
  /** Sets that are built together; each group by itself. */
  readonly groups: readonly (readonly string[])[];
  readonly conditions: Conditions;
  /** Whether patched files are parsed. */
  readonly syntax: boolean;
}

export interface Judged {
  readonly sets: readonly PatchSet[];
  readonly patches: JudgedPatch[];
  readonly findings: Finding[];
}

export async function checkSets(input: GateInput): Promise<Judged> {
  const judged: Judged[] = [];
  for (const names of input.groups) judged.push(await checkGroup(input, names));
  return {
    sets: judged.flatMap(({ sets }) => sets),
    patches: judged.flatMap(({ patches }) => patches),
    findings: judged.flatMap(({ findings }) => findings),
  };
}

async function checkGroup(input: GateInput, names: readonly string[]): Promise<Judged> {
  const { sets, index, problems } = openSets(input.folder, names, input.conditions);
  const findings = problems.map((problem) => findingOf(input, problem, undefined));
  if (!index) return { sets, patches: [], findings };
  for (const tried of triedFiles(input.engine, input.root, index)) {
    findings.push(...(await findingsIn(input, tried)));
  }
  const all = sets.flatMap((set) => set.patches);
  const open = all.flatMap(unresolved);
  const waiting = new Set(open.flatMap(({ patches }) => patches));
  // Why a patch is stale that a rebase has left so is told better by its conflicts.
  const isTold = ({ rule, patches: [label = ''] }: Finding) =>
    rule === 'set_base_mismatch' && waiting.has(label);
  const told = [...findings.filter((finding) => !isTold(finding)), ...open];
  const failing = new Set(
    told.filter(({ level }) => level === 'error').flatMap(({ patches }) => patches),
  );
  const off = new Set(index.inactive);
  const patches = all.map((patch): JudgedPatch => {
    const { set, id, label, file } = patch;
    const state = off.has(patch) ? 'off' : failing.has(label) ? 'fails' : 'fits';
    return { set, id, label, file, path: pathFromHere(patch.path), state };
  });
  return { sets, patches, findings: told };
}

/** A patch that the last rebase could not carry, whether or not it still fits. */
function unresolved(patch: SetPatch): Finding[] {
  const waiting = conflictsWaiting(patch);
  if (waiting === 0) return [];
  const { label, set, file, path } = patch;
  return [
    {
      rule: 'unresolved_conflict',
      level: 'error',
      message: `${label} of ${file} has ${count(waiting, 'conflict')} of the last rebase to resolve: firn resolve ${label}`,
      patches: [label],
      set,
      place: { path: pathFromHere(`${path}.conflicts`) },
      related: [],
    },
  ];
}

/** What is wrong with the patches of one file. */
async function findingsIn(
  input: GateInput,
  { patches, baseline, built, problems }: TriedFile,
): Promise<Finding[]> {
  if (built && baseline) return input.syntax ? syntaxFindings(input, baseline, built) : [];
  const byLabel = new Map(patches.map((patch) => [patch.label, patch]));
  return problems.map((problem) =>
    findingOf(input, problem, byLabel.get(`${problem.set}/${problem.patch}`), baseline),
  );
}

function findingOf(
  input: GateInput,
  problem: SetErrorFields,
  patch: SetPatch | undefined,
  baseline?: Snapshot,
): Finding {
  const { code, set, other, violations } = problem;
  return {
    rule: code,
    level: 'error',
    message: withoutPlace(problem),
    patches: [
      ...(patch ? [patch.label] : []),
      ...(patch && other ? [`${other.set}/${other.patch}`] : []),
    ],
    ...(set === undefined ? {} : { set }),
    place: placeOfProblem(input, problem, patch, baseline),
    related: relatedTo(input, problem, patch),
    ...(violations === undefined ? {} : { violations }),
  };
}

function placeOfProblem(
  { engine, folder }: GateInput,
  { position, path, violations, lines }: SetErrorFields,
  patch: SetPatch | undefined,
  baseline: Snapshot | undefined,
): Place {
  if (patch) {
    if (position) return placeOfOffset(patch.path, patch.bytes, position.byteOffset);
    const { patch: broken, diffLine } = violations?.[0] ?? {};
    if (diffLine !== undefined) return { path: pathFromHere(patch.path), line: diffLine };
    const index = broken?.index;
    if (index !== undefined || !lines || !baseline) return placeOfPatch(engine, patch, index);
    return placeOfPatch(engine, patch, touching(changesOf(engine, patch, baseline), lines));
  }
  const place = { path: pathFromHere(path ?? folder) };
  return position ? { ...place, line: position.line } : place;
}

/** Which patch of a batch touches these lines of the baseline. */
function touching(changes: readonly Change[], { from, to }: LineRange): number | undefined {
  const found = changes.find(({ base }) => base.from <= to && from <= Math.max(base.from, base.to));
  return found?.patch.index;
}

function relatedTo(
  { root }: GateInput,
  { file, lines, violations, other }: SetErrorFields,
  patch: SetPatch | undefined,
): Related[] {
  if (!patch || file === undefined) return [];
  const line = lines?.from ?? violations?.[0]?.line;
  const place = {
    path: pathFromHere(`${root}/${file}`),
    ...(line === undefined || line === 0 ? {} : { line }),
  };
  const message = other ? `both ${patch.label} and ${other.set}/${other.patch} change it` : 'here';
  return line === undefined ? [] : [{ message, place }];
}
