/** What a page may hand to `<firn-view>`, as the bytes that the worker takes. */
import type { BatchInput, PatchInput } from '@firn/engine';
import type { PatchSource } from '../worker/protocol.js';

/** A text: bytes are copied, so that yours stay yours. */
export type TextInput = string | Uint8Array;

/** A batch as JSON, as a unified diff, or as an object. */
export type PatchesInput = TextInput | BatchInput | readonly PatchInput[];

export function bytesOf(text: TextInput): Uint8Array<ArrayBuffer> {
  return typeof text === 'string' ? new TextEncoder().encode(text) : new Uint8Array(text);
}

export function sourceOf(input: PatchesInput, index: number): PatchSource {
  const isText = typeof input === 'string' || input instanceof Uint8Array;
  return {
    name: `batch ${index + 1}`,
    bytes: bytesOf(isText ? input : JSON.stringify(input)),
  };
}

export async function fetchBytes(
  address: string,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(new URL(address, document.baseURI), { signal });
  if (!response.ok) throw new Error(`${response.url} was not loaded: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Addresses in an attribute, with white space between them. */
export function addressesIn(attribute: string | null): string[] {
  return (attribute ?? '').split(/\s+/).filter((address) => address !== '');
}
