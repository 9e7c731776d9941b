/** What every handle of the WebAssembly module is: an address, and what it is the address of. */
import type { Fallible, Handle } from './binding.js';
import type { Address } from './wasm-exports.js';
import type { WasmModule } from './wasm-module.js';

type Kind = 'batch' | 'batch_list' | 'diff' | 'history' | 'parts' | 'patched' | 'snapshot';

/** A value in the module's memory. */
export class Held implements Handle {
  readonly #module: WasmModule;
  readonly #kind: Kind;
  /** 0: deleted. */
  #address: Address;

  constructor(module: WasmModule, kind: Kind, address: Address) {
    this.#module = module;
    this.#kind = kind;
    this.#address = address >>> 0;
  }

  /** A TypeError for all but a live handle of this kind, in `module` if it is given. */
  static of(
    handle: unknown,
    kind: Kind,
    module?: WasmModule,
  ): { readonly module: WasmModule; readonly address: Address } {
    if (
      typeof handle !== 'object' ||
      handle === null ||
      !(#address in handle) ||
      handle.#kind !== kind ||
      handle.#address === 0 ||
      (module !== undefined && handle.#module !== module)
    ) {
      throw new TypeError(`needs a ${kind} of this module that is not deleted`);
    }
    return { module: handle.#module, address: handle.#address };
  }

  delete(): void {
    const { module, address } = Held.of(this, this.#kind);
    this.#address = 0;
    module.exports[`${this.#kind}_delete`](address);
  }
}

/** The handle of a call that can fail. */
export function made<H extends Held>(
  kind: new (module: WasmModule, address: Address) => H,
  module: WasmModule,
  address: Address,
): Fallible<H> {
  return address === 0 ? module.error() : new kind(module, address);
}

/** Of one that may have none to give. */
export function madeOrNull<H extends Held>(
  kind: new (module: WasmModule, address: Address) => H,
  module: WasmModule,
  address: Address,
): Fallible<H> | null {
  return address === 0 ? module.errorOrNull() : new kind(module, address);
}
