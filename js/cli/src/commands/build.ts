/** `firn build`: a baseline with patch sets applied, as a tree of its own. */
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Engine } from '@firn/engine';
import {
  BUILD_MANIFEST_NAME,
  buildManifest,
  type FileProof,
  type PatchIndex,
  patchIndex,
  printBuildManifest,
  type SetErrorFields,
} from '@firn/sets';
import { loadSets, pathBelow, setNames } from '@firn/sets/node';
import type { BuildOptions } from '../calls/build.js';
import { Exit } from '../exit.js';
import { usage } from '../failure.js';
import type { Finding } from '../gate/finding.js';
import { triedFiles } from '../gate/try-sets.js';
import { fileNamed } from '../io/errno.js';
import { count, listed } from '../render/words.js';
import { answering, noSets, refusedFor, requireRoot } from '../sets/workspace.js';
import { buildTree } from '../tree/build-tree.js';
import type { Answer } from './answer.js';
import { loadBackend } from './session.js';

export function build(options: BuildOptions): Promise<Answer> {
  return answering(async () => {
    const { root, patches, out, when, link = false, json } = options;
    const sets = loadSets(patches, namesOf(options));
    requireRoot(root);
    requireOutside(root, out);
    const index = patchIndex(sets, when);
    const engine = await loadBackend(options.backend);
    const { contents, proofs, problems, findings } = await patchAll(engine, index, options);
    if (problems.length > 0) return refusedFor(problems, 'nothing is built');
    if (findings.length > 0) return brokenSyntax(findings, index, root);
    const manifest = buildManifest(engine, index, proofs);
    const { files, shared } = await buildTree(engine, root, out, {
      replacements: contents,
      added: [BUILD_MANIFEST_NAME, printBuildManifest(manifest)],
      hardLinks: link,
      showsProgress: !json,
    });
    const summary = { output: out, id: manifest.id, files, patched: contents.size, shared };
    return {
      exitCode: Exit.fine,
      facts: () => ({ backend: engine.backend, build: summary }),
      words: async () => {
        const { quoted } = await import('../render/safe.js');
        const what = `${count(files, 'file')}, ${contents.size} patched`;
        return { out: `${manifest.id}\n`, err: `firn: built ${quoted(out, "'")}: ${what}\n` };
      },
    };
  });
}

/** One build is one tree: sets that are not named together are not meant together. */
function namesOf({ patches, set }: BuildOptions): readonly string[] {
  if (set) return set;
  const names = setNames(patches);
  if (names.length === 0) throw noSets(patches);
  if (names.length === 1) return names;
  throw usage(`which sets? --set takes one, several times, of ${listed(names)}`);
}

/** Frozen is frozen; and the next build would find this one in its baseline. */
function requireOutside(root: string, out: string): void {
  const folder = path.dirname(path.resolve(out));
  if (!existsSync(folder)) return;
  const [frozen, place] = [root, folder].map((one) => realpathSync(one));
  const isBelow = frozen === place || pathBelow(frozen ?? '', place ?? '') !== undefined;
  if (!isBelow) return;
  const [what, where] = [out, root].map((one) => fileNamed(one).name);
  throw usage(`${what} lies in the baseline, ${where}: a build leaves that as it is`);
}

interface PatchedFiles {
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly proofs: readonly FileProof[];
  readonly problems: readonly SetErrorFields[];
  readonly findings: readonly Finding[];
}

async function patchAll(
  engine: Engine,
  index: PatchIndex,
  { root, syntax }: BuildOptions,
): Promise<PatchedFiles> {
  const contents = new Map<string, Uint8Array>();
  const proofs: FileProof[] = [];
  const problems: SetErrorFields[] = [];
  const findings: Finding[] = [];
  for (const { patches, baseline, built, problems: own } of triedFiles(engine, root, index)) {
    problems.push(...own);
    const [patch] = patches;
    if (!patch || !baseline || !built) continue;
    contents.set(patch.file, built.patched.bytes());
    proofs.push(built.proof);
    if (!syntax) continue;
    const { syntaxFindings, withParsers } = await import('../gate/syntax.js');
    findings.push(...(await withParsers(() => syntaxFindings({ engine, root }, baseline, built))));
  }
  return { contents, proofs, problems, findings };
}

function brokenSyntax(
  findings: readonly Finding[],
  { sets, conditions }: PatchIndex,
  root: string,
): Answer {
  return {
    exitCode: Exit.refused,
    facts: () => ({ gate: { root, sets, conditions, patches: [], findings } }),
    words: async (screenOf) => {
      const { renderErrors } = await import('../render/gate.js');
      return { err: `${renderErrors(findings, screenOf(2))}firn: nothing is built\n` };
    },
  };
}
