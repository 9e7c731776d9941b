/** `firn build`: a baseline with patch sets applied, as a tree of its own. */
import type { Engine } from '@firn/engine';
import {
  applyFile,
  BUILD_MANIFEST_NAME,
  buildManifest,
  type FileProof,
  FirnSetError,
  type PatchIndex,
  patchIndex,
  printBuildManifest,
  type SetErrorFields,
} from '@firn/sets';
import { freezeBaseline, loadSets, setNames } from '@firn/sets/node';
import type { BuildOptions } from '../calls/build.js';
import { Exit } from '../exit.js';
import { usage } from '../failure.js';
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
    const index = patchIndex(sets, when);
    const engine = await loadBackend(options.backend);
    const { contents, proofs, problems } = patchAll(engine, root, index);
    if (problems.length > 0) return refusedFor(problems, 'nothing is built');
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

interface PatchedFiles {
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly proofs: readonly FileProof[];
  readonly problems: readonly SetErrorFields[];
}

function patchAll(engine: Engine, root: string, index: PatchIndex): PatchedFiles {
  const contents = new Map<string, Uint8Array>();
  const proofs: FileProof[] = [];
  const problems: SetErrorFields[] = [];
  for (const file of index.files) {
    try {
      const baseline = freezeBaseline(engine, root, file);
      const built = applyFile(engine, baseline, index.of(file));
      contents.set(file, built.patched.bytes());
      proofs.push(built.proof);
      built.dispose();
      baseline.dispose();
    } catch (error) {
      if (!(error instanceof FirnSetError)) throw error;
      problems.push(...error.problems);
    }
  }
  return { contents, proofs, problems };
}
