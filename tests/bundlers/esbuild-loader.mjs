// @ts-check
/** A loader for webpack: JSX and TypeScript to JavaScript, handing the map on that came in. */
import { transformed } from './transformed.mjs';

/** @this {import('webpack').LoaderContext<object>} @param {string} source @param {string | { version: number } | undefined} map */
export default function load(source, map) {
  const done = this.async();
  transformed(this.resourcePath, source, map).then(
    ({ code, map: after }) => done(null, code, after),
    (error) => done(error instanceof Error ? error : new Error(String(error))),
  );
}
