/** The worker in which the engine runs, for every view of a page. */
import { type Engine, loadEngine } from '@firn/engine';
import { parseBuildManifest, parseSetManifest } from '@firn/sets';
import { OpenFile } from './open-file.js';
import type {
  BuildFacts,
  EngineSource,
  FileInput,
  FileSummary,
  ManifestSource,
  OfDocument,
} from './protocol.js';
import { type Handlers, type Port, serve } from './serve.js';

/** A worker's global scope; the typings here are those of pages. */
declare const self: Port;

const files = new Map<number, OpenFile>();
let loading: Promise<Engine> | undefined;

/** Loaded by the first call: a module that waits while it is evaluated loses what is said to it meanwhile. */
function engine({ wasm }: EngineSource = {}): Promise<Engine> {
  loading ??= loadEngine({ backend: 'wasm', ...(wasm !== undefined && { wasm }) });
  return loading;
}

function fileOf({ document }: OfDocument): OpenFile {
  const file = files.get(document);
  if (file === undefined) throw new Error('the file is closed');
  return file;
}

function close({ document }: OfDocument): null {
  files.get(document)?.dispose();
  files.delete(document);
  return null;
}

async function summarize(file: FileInput): Promise<FileSummary> {
  const open = OpenFile.open(await engine(), { document: 0, file });
  const { baseline } = open.opened();
  const always = open.always();
  const applied = open.apply(always);
  open.dispose();
  const { patched, refused, linesAdded, linesRemoved } = applied;
  return {
    baseline,
    patched,
    patches: always.length,
    refused: refused.length,
    linesAdded,
    linesRemoved,
  };
}

/** Strictly, and with the id that its files have: a manifest that was changed after the build is refused. */
async function readBuild({ name, bytes }: ManifestSource): Promise<BuildFacts> {
  const { id, files } = parseBuildManifest(await engine(), bytes, { path: name });
  const results = Object.entries(files).map(([file, { result }]): [string, string] => [
    file,
    result,
  ]);
  return { id, results: new Map(results) };
}

const handlers: Handlers = {
  start: async (source) => ({ version: (await engine(source)).version }),
  open: async (request) => {
    const file = OpenFile.open(await engine(), request);
    close(request);
    files.set(request.document, file);
    const applied = file.apply(request.keys ?? file.always());
    return { opened: file.opened(), applied, view: file.view(request) };
  },
  close,
  apply: (argument) => {
    const file = fileOf(argument);
    return { applied: file.apply(argument.keys), view: file.view(argument) };
  },
  arrange: (argument) => fileOf(argument).view(argument),
  rows: (argument) => fileOf(argument).rows(argument),
  rowsOf: (argument) => fileOf(argument).rowsOf(argument.lines),
  origin: (argument) => fileOf(argument).origin(argument),
  placeOf: (argument) => fileOf(argument).placeOf(argument.key),
  search: (argument, task) => fileOf(argument).search(argument.query, task),
  unifiedDiff: (argument) => fileOf(argument).unifiedDiff(),
  patchedBytes: (argument) => fileOf(argument).patchedBytes(),
  readBuild,
  readSet: ({ name, bytes }) => parseSetManifest(bytes, { path: name }),
  summarize,
};

serve(self, handlers);
