// @ts-check
// Puts the dashboard and the shop into one folder of static files, with a build of every store by the native addon, so that
// the page can prove that what WebAssembly makes in the browser is what ships.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadEngine } from '@firn/engine';
import { artefactId } from '@firn/sets';

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
 * @param {string} store
 */
function buildStore(firn, store) {
  const folder = join(here, 'patches', store);
  const batches = filesBelow(folder)
    .filter((name) => name.endsWith('.json') && name !== 'firn.json')
    .map((name) => ({ name, json: readFileSync(join(folder, name)) }))
    .map(({ name, json }) => ({ name, json, file: String(JSON.parse(json.toString()).file) }));
  const files = batches.map(({ name, json, file }) => {
    const snapshot = firn.freeze(readFileSync(join(here, 'baseline', file)));
    const batch = firn.batch(json);
    const patched = snapshot.apply(batch);
    const proof = {
      base: snapshot.fingerprint,
      patches: [`${store}/${name.replace(/\.json$/, '')}`],
      result: patched.fingerprint,
    };
    for (const handle of [patched, batch, snapshot]) handle.dispose();
    return /** @type {const} */ ([file, proof]);
  });
  const manifest = {
    schema: /** @type {const} */ ('firn.build/1'),
    engine: firn.version,
    sets: [store],
    conditions: {},
    files: Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  return { batches, manifest: { ...manifest, id: artefactId(firn, manifest) } };
}

/**
 * Writes the site anew, and says where its page is.
 * @param {string} out
 */
export async function writeSite(out) {
  const firn = await loadEngine({ backend: 'native' });
  rmSync(out, { recursive: true, force: true });
  cpSync(page, out, { recursive: true });
  for (const part of ['baseline', 'patches']) {
    cpSync(join(here, part), join(out, part), { recursive: true });
  }
  const sets = readdirSync(join(here, 'patches'))
    .sort()
    .map((store) => {
      const { batches, manifest } = buildStore(firn, store);
      const build = `builds/${store}/firn-manifest.json`;
      mkdirSync(join(out, 'builds', store), { recursive: true });
      writeFileSync(join(out, build), JSON.stringify(manifest, undefined, 2));
      const patches = batches.map(({ name, file }) => ({
        file,
        patch: `patches/${store}/${name}`,
      }));
      return { id: store, build, patches };
    });
  const project = {
    schema: 'firn.project/1',
    name: 'Storefront',
    baseline: { root: 'baseline/', files: filesBelow(join(here, 'baseline')) },
    sets,
  };
  writeFileSync(join(out, 'firn.project.json'), JSON.stringify(project, undefined, 2));
  return out;
}
