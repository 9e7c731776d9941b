/** Engine handles that are freed together, the last one first. */
export class Handles {
  readonly #kept: { dispose(): void }[] = [];

  keep<T extends { dispose(): void }>(handle: T): T {
    this.#kept.push(handle);
    return handle;
  }

  dispose(): void {
    for (const handle of this.#kept.splice(0).reverse()) handle.dispose();
  }
}

/** What `use` makes, with every handle that it kept freed. */
export function withHandles<T>(use: (handles: Handles) => T): T {
  const handles = new Handles();
  try {
    return use(handles);
  } finally {
    handles.dispose();
  }
}
