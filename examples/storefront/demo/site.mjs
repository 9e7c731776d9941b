// @ts-check
// Puts the dashboard and the shop into one folder of static files, with a build of every store by the native addon, so that
// the page can prove that what WebAssembly makes in the browser is what ships.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadEngine } from '@firn/engine';
import {
  applyFile,
  BUILD_MANIFEST_NAME,
  buildManifest,
  MANIFEST_NAME,
  patchIndex,
  printBuildManifest,
} from '@firn/sets';
import { freezeBaseline, loadSets } from '@firn/sets/node';

const here = dirname(dirname(fileURLToPath(import.meta.url)));
const page = fileURLToPath(
  new URL('dist/page/', import.meta.resolve('@firn/dashboard/package.json')),
);

/** @param {string} folder */
const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();

/**
 * @param {import('@firn/engine').Engine} firn
 * @param {import('@firn/sets').PatchIndex} index
 */
function build(firn, index) {
  const proofs = index.files.map((file) => {
    const snapshot = freezeBaseline(firn, join(here, 'baseline'), file);
    const built = applyFile(firn, snapshot, index.of(file));
    for (const handle of [built, snapshot]) handle.dispose();
    return built.proof;
  });
  return printBuildManifest(buildManifest(firn, index, proofs));
}

/**
 * Writes the site anew.
 * @param {string} out
 */
export async function writeSite(out) {
  const firn = await loadEngine({ backend: 'native' });
  rmSync(out, { recursive: true, force: true });
  cpSync(page, out, { recursive: true });
  for (const part of ['baseline', 'patches']) {
    cpSync(join(here, part), join(out, part), { recursive: true });
  }
  const sets = loadSets(join(here, 'patches')).map((set) => {
    const index = patchIndex([set]);
    const manifest = `builds/${set.id}/${BUILD_MANIFEST_NAME}`;
    mkdirSync(dirname(join(out, manifest)), { recursive: true });
    writeFileSync(join(out, manifest), build(firn, index));
    return { manifest: `patches/${set.id}/${MANIFEST_NAME}`, build: manifest };
  });
  const project = {
    schema: 'firn.project/1',
    name: 'Storefront',
    baseline: { root: 'baseline/', files: filesBelow(join(here, 'baseline')) },
    sets,
  };
  writeFileSync(join(out, 'firn.project.json'), JSON.stringify(project, undefined, 2));
}
