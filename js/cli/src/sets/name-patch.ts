/** What a new patch is called, and where its file goes. */
import type { PatchDraft, PatchSet, SetPatch } from '@firn/sets';
import type { EntryOptions } from '../calls/set-options.js';
import { usage } from '../failure.js';
import { requireId } from './workspace.js';

/** Between one patch and the next there is room for others. */
const ORDER_STEP = 10;

/** Names that new patches of a set can take. */
export class PatchNames {
  readonly #set: PatchSet;
  readonly #options: EntryOptions;
  readonly #patches: Pick<SetPatch, 'file' | 'order'>[];
  /** In lower case, as the files: to some file systems that is all the same. */
  readonly #ids: Set<string>;
  readonly #files: Set<string>;

  constructor(set: PatchSet, options: EntryOptions) {
    this.#set = set;
    this.#options = options;
    this.#patches = [...set.patches];
    this.#ids = new Set(set.patches.map(({ id }) => id.toLowerCase()));
    const files = [...set.patches.map(({ patch }) => patch), ...set.strays];
    this.#files = new Set(files.map((name) => name.toLowerCase()));
  }

  /**
   * The patch for `file`. `wish`: the id that it would have of its own; `inPlace`: the file that it lies
   * in already, below the set's folder.
   */
  next(
    file: string,
    ending: '.json' | '.patch',
    {
      wish,
      inPlace,
    }: { readonly wish?: string | undefined; readonly inPlace?: string | undefined } = {},
  ): PatchDraft {
    const { id: set, path } = this.#set;
    const id = this.#idFor(file, wish, inPlace);
    const patch = inPlace ?? `${id}${ending}`;
    const order = this.#options.order ?? this.#orderBehind(file);
    this.#patches.push({ file, order });
    this.#ids.add(id.toLowerCase());
    this.#files.add(patch.toLowerCase());
    return {
      id,
      file,
      patch,
      order,
      ...remarksOf(this.#options),
      set,
      label: `${set}/${id}`,
      path: `${path}/${patch}`,
    };
  }

  /** A patch that lies in the set already, with what the call says of it. */
  again(patch: SetPatch): PatchDraft {
    const { id, order = patch.order } = this.#options;
    if (id === undefined || id === patch.id)
      return { ...patch, order, ...remarksOf(this.#options) };
    throw usage(`${patch.path} is recorded as ${patch.label} already`);
  }

  #idFor(file: string, wish: string | undefined, inPlace: string | undefined): string {
    const isTaken = (name: string) => {
      const id = name.toLowerCase();
      if (this.#ids.has(id)) return true;
      // A file that nobody names is not to be written over.
      const isFile = ['.json', '.patch'].some((ending) => this.#files.has(id + ending));
      return inPlace === undefined && isFile;
    };
    const { id: asked } = this.#options;
    if (asked !== undefined) {
      requireId(asked, 'the id of a patch');
      if (isTaken(asked)) throw usage(`set "${this.#set.id}" has a patch "${asked}" already`);
      return asked;
    }
    for (const name of namesFor(file, wish)) {
      if (!isTaken(name)) return name;
    }
    throw new Error('there is always one more name');
  }

  #orderBehind(file: string): number {
    const orders = this.#patches.filter((patch) => patch.file === file).map(({ order }) => order);
    return Math.max(0, ...orders) + ORDER_STEP;
  }
}

function remarksOf({
  when,
  author,
  reason,
}: EntryOptions): Pick<PatchDraft, 'when' | 'author' | 'reason'> {
  return {
    ...(when === undefined ? {} : { when }),
    ...(author === undefined ? {} : { author }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** "cart", "components-cart", "cart-2", "cart-3"... of "src/components/Cart.jsx". */
function* namesFor(file: string, wish: string | undefined): Generator<string> {
  const parts = file.split('/').map(slug);
  const last = parts.at(-1) ?? 'patch';
  const name = wish ?? last;
  yield name;
  if (wish === undefined && parts.length > 1) yield `${parts.at(-2)}-${last}`.slice(0, MAX_SLUG);
  for (let number = 2; ; number += 1) yield `${name}-${number}`;
}

/** Leaves room for a number behind it. */
const MAX_SLUG = 80;

/** "product-grid" of "ProductGrid.jsx", "cafe" of "café.css". */
function slug(name: string): string {
  const stem = name
    .replace(/(?<=.)\.[^.]*$/, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
  const words = stem.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  const safe = words.replace(/[^a-z0-9._-]+/g, '-').replace(/^[^a-z0-9]+|-+$/g, '');
  return safe === '' ? 'patch' : safe.slice(0, MAX_SLUG);
}
