/** The worker in which the engine runs, for every view of a page. */
import { type Engine, loadEngine } from '@firn/engine';
import { parseBuildManifest, parseSetManifest, printSetManifest } from '@firn/sets';
import { carryFile, disputedLines, resolve } from './carry-file.js';
import { OpenFile } from './open-file.js';
import { isJson } from './patch-source.js';
import type {
  BuildFacts,
  EngineSource,
  FileInput,
  FileSummary,
  ManifestSource,
  OfDocument,
  OpenRequest,
} from './protocol.js';
import { type Handlers, type Port, serve } from './serve.js';

/** A worker's global scope; the typings here are those of pages. */
declare const self: Port;

const files = new Map<number, OpenFile>();
let loading: Promise<Engine> | undefined;

/**
 * What shows a file; the rest is on its way. Loaded by the first call: a module that waits while it is evaluated loses what is
 * said to it meanwhile.
 */
function pageEngine({ wasm }: EngineSource = {}): Promise<Engine> {
  loading ??= loadEngine({
    backend: 'wasm',
    ...(wasm === undefined ? { verbs: 'page' as const } : { wasm }),
  });
  return loading;
}

/** With every verb. */
async function engine(): Promise<Engine> {
  const loaded = await pageEngine();
  await loaded.complete();
  return loaded;
}

/** Batches that are in no set want nothing but to be applied. */
function isSimple({ file, against }: OpenRequest): boolean {
  return (
    against === undefined && file.sources.every((one) => one.entry === undefined && isJson(one))
  );
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

/** For a question that only the whole engine can answer. */
async function withRest<T>(ask: () => T): Promise<T> {
  await engine();
  return ask();
}

/** For one question about a file, without keeping it open. */
async function withFile<T>(file: FileInput, use: (open: OpenFile) => T): Promise<T> {
  const open = OpenFile.open(await engine(), { document: 0, file });
  try {
    return use(open);
  } finally {
    open.dispose();
  }
}

function summaryOf(open: OpenFile): FileSummary {
  const { baseline } = open.opened();
  const always = open.always();
  const { patched, refused, linesAdded, linesRemoved } = open.apply(always);
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
  start: async (source) => {
    const loaded = await pageEngine(source);
    // Whoever needs it waits for it, and is told when it cannot be loaded.
    loaded.complete().catch(() => {});
    return { version: loaded.version };
  },
  open: async (request) => {
    const file = OpenFile.open(await (isSimple(request) ? pageEngine() : engine()), request);
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
  unifiedDiff: (argument) => withRest(() => fileOf(argument).unifiedDiff()),
  editable: (argument) => withRest(() => fileOf(argument).editable(argument.around)),
  record: (argument) => withRest(() => fileOf(argument).record(argument)),
  tryBatch: (argument) => withRest(() => fileOf(argument).tryBatch(argument.batch)),
  recordAll: (file) => withFile(file, (open) => open.recordAll()),
  diffOfSource: ({ file, source }) => withFile(file, (open) => open.diffOfSource(source)),
  carry: async (argument) => carryFile(await engine(), argument),
  disputed: async (argument) => disputedLines(await engine(), argument),
  resolve: async (argument) => resolve(await engine(), argument),
  printSet: (manifest) => printSetManifest(manifest),
  patchedBytes: (argument) => fileOf(argument).patchedBytes(),
  readBuild,
  readSet: ({ name, bytes }) => parseSetManifest(bytes, { path: name }),
  summarize: (file) => withFile(file, summaryOf),
};

serve(self, handlers);
