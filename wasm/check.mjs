// check.mjs LINKED PAGE_SYMBOLS REST_SYMBOLS BINARYEN: of the module as it was linked with -sASSERTIONS=2 and -sSAFE_HEAP, makes beside it a firn.wasm that
// asks no more of whoever loads it than the one that ships. Where a check finds something, the call ends in the function that
// is named for it, and with it the engine; the stack that JavaScript shows has the names.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** What the checks call, by the module that they think it is in. The stack's end is theirs to watch once they know it. */
const called = {
  env: `(module
    (import "firn" "emscripten_stack_init" (func $stack_init))
    (import "firn" "emscripten_stack_get_base" (func $stack_base (result i32)))
    (import "firn" "emscripten_stack_get_end" (func $stack_end (result i32)))
    (import "firn" "__set_stack_limits" (func $set_stack_limits (param i32 i32)))
    (func $watch_stack
      (call $stack_init)
      (call $set_stack_limits (call $stack_base) (call $stack_end)))
    (start $watch_stack)
    (func $emscripten_asm_const_async_on_main_thread
      (export "emscripten_asm_const_async_on_main_thread") (param i32 i32 i32)
      unreachable)
    (func $segfault (export "segfault") unreachable)
    (func $alignfault (export "alignfault") unreachable))`,
  // An assertion that failed would say so on the way out.
  wasi_snapshot_preview1: `(module
    (func $fd_write (export "fd_write") (param i32 i32 i32 i32) (result i32) unreachable)
    (func $fd_close (export "fd_close") (param i32) (result i32) unreachable)
    (func $fd_seek (export "fd_seek") (param i32 i64 i32 i32) (result i32) unreachable))`,
};

const [linked = '', , , binaryen = ''] = process.argv.slice(2);
const work = mkdtempSync(path.join(os.tmpdir(), 'firn-check-'));
try {
  const others = Object.entries(called).flatMap(([name, text]) => {
    const file = path.join(work, `${name}.wat`);
    writeFileSync(file, text);
    return [file, name];
  });
  const made = path.join(path.dirname(linked), 'firn.wasm');
  const merge = path.join(binaryen, 'bin/wasm-merge');
  execFileSync(merge, ['--all-features', '-g', linked, 'firn', ...others, '-o', made], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
} finally {
  rmSync(work, { recursive: true });
}
