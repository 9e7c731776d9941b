// @ts-check
/**
 * What Firn must do, written a second time and as plainly as can be: split, splice, join, and the rules as stated.
 * No index, no piece table, no cleverness; speed does not matter here. Texts are binary strings: one character a byte.
 */

export const MAX_COUNT = Number.MAX_SAFE_INTEGER;
const QUOTED_BYTES = 4096;

/** @typedef {'replace' | 'delete' | 'insert'} Op */
/**
 * A patch as asked for; texts are JavaScript strings, as in JSON.
 * @typedef {{ op: Op, line: number, endLine?: number, text?: string, lines?: string[], verbatim?: boolean, expect?: string,
 *   id?: string }} Patch
 */
/** @typedef {{ base?: { fingerprint?: string, lineCount?: number }, revision?: number, file?: string, patches: Patch[] }} Batch */
/** @typedef {{ policy?: 'fail-fast' | 'atomic' | 'best-effort', ties?: 'reject' | 'keep-order', revision?: number }} Options */
/** @typedef {{ index: number, id?: string }} Ref */
/**
 * @typedef {{ code: string, law?: number, patch?: Ref, other?: Ref, line?: number, limit?: number, expected?: string,
 *   found?: string, position?: { byteOffset: number, line: number, byteColumn: number } }} Violation
 */
/** @typedef {{ content: string, terminator: string }} Line */
/** @typedef {{ base: number } | { patch: Ref }} Origin */
/** A patch made easy to work with: `end` is inclusive, and `line` for an insert; `ends` are what the added lines of a verbatim
 * patch end with.
 * @typedef {{ op: Op, ref: Ref, line: number, end: number, added: string[], ends?: string[], expect?: string[], crlf: boolean }} Edit */

/** @param {string} text */
export const utf8 = (text) => Buffer.from(text, 'utf8').toString('latin1');

/** @param {string} binary */
export const bytesOf = (binary) => new Uint8Array(Buffer.from(binary, 'latin1'));

/** @param {Uint8Array} bytes */
export const binaryOf = (bytes) => Buffer.from(bytes).toString('latin1');

/** A line ends with LF; a CR before it belongs to the terminator; a lone CR is content.
 * @param {string} text @returns {Line[]} */
export function splitLines(text) {
  return Array.from(text.matchAll(/[^\n]*\n|[^\n]+/g), ([raw]) => {
    const terminator = raw.endsWith('\r\n') ? '\r\n' : raw.endsWith('\n') ? '\n' : '';
    return { content: raw.slice(0, raw.length - terminator.length), terminator };
  });
}

/** The lines that a patch's `text` (or `expect`) means: "" is one empty line, an LF at the very end starts none.
 * @param {string} text @returns {string[]} */
export const linesOfText = (text) =>
  text === '' ? [''] : splitLines(text).map((line) => line.content);

/** @param {Line[]} lines */
export function majorityTerminator(lines) {
  const crlf = lines.filter((line) => line.terminator === '\r\n').length;
  const lf = lines.filter((line) => line.terminator === '\n').length;
  return crlf > lf ? '\r\n' : '\n';
}

/** @param {Patch} patch @param {number} index @returns {Edit} */
function editOf(patch, index) {
  const verbatim = patch.verbatim ? splitLines(utf8(patch.text ?? '')) : undefined;
  const added =
    patch.lines?.map(utf8) ??
    verbatim?.map(({ content }) => content) ??
    linesOfText(utf8(patch.text ?? ''));
  return {
    op: patch.op,
    ref: patch.id === undefined ? { index } : { index, id: patch.id },
    line: patch.line,
    end: patch.endLine ?? patch.line,
    added: patch.op === 'delete' ? [] : added,
    ends: verbatim?.map(({ terminator }) => terminator),
    expect: patch.expect === undefined ? undefined : linesOfText(utf8(patch.expect)),
    crlf: !patch.verbatim && (patch.text?.includes('\r\n') ?? false),
  };
}

/** A byte within a character of UTF-8. */
const isContinuation = (byte = 0) => byte >= 0x80 && byte < 0xc0;

/** Lines as an error quotes them. @param {string[]} lines */
function quote(lines) {
  const bytes = Buffer.from(lines.join('\n'), 'latin1');
  if (bytes.length <= QUOTED_BYTES) return bytes.toString('utf8');
  let end = QUOTED_BYTES;
  while (isContinuation(bytes[end])) end -= 1;
  return `${bytes.subarray(0, end).toString('utf8')}…`;
}

/** @param {Edit} edit @param {Line[]} lines @returns {Violation | undefined} */
function boundsViolation({ op, ref, line, end }, lines) {
  if (op === 'insert') {
    const limit = lines.length + 1;
    if (line <= limit) return undefined;
    return { code: 'insert_out_of_bounds', law: 4, patch: ref, line, limit };
  }
  if (end <= lines.length) return undefined;
  const missing = line > lines.length ? line : end;
  return {
    code: 'line_out_of_range',
    law: 1,
    patch: ref,
    line: missing,
    limit: lines.length,
  };
}

/** @param {Edit} edit @param {Line[]} lines @returns {Violation | undefined} */
function expectViolation({ ref, line, end, expect }, lines) {
  if (expect === undefined) return undefined;
  const found = lines.slice(line - 1, end).map(({ content }) => content);
  if (expect.join('\n') === found.join('\n') && found.length > 0) return undefined;
  const first = found.findIndex((content, at) => content !== expect[at]);
  /** @type {Violation} */
  const violation = {
    code: 'expectation_failed',
    patch: ref,
    line: line + (first === -1 ? found.length : first),
    expected: quote(expect),
  };
  if (found.length > 0) violation.found = quote(found);
  return violation;
}

/** The smallest line that `later` may not touch because `earlier` holds it.
 * @param {Edit} later @param {Edit} earlier @param {Options['ties']} ties @returns {number | undefined} */
function collision(later, earlier, ties = 'reject') {
  const line = Math.max(later.line, earlier.line);
  if (line > Math.min(later.end, earlier.end)) return undefined;
  if (ties === 'keep-order' && earlier.op === 'insert') {
    return later.op !== 'insert' && earlier.line > later.line ? line : undefined;
  }
  return line;
}

/** @param {Edit} edit @param {Edit[]} holders in batch order @param {Options['ties']} ties @returns {Violation | undefined} */
function overlapViolation(edit, holders, ties) {
  /** @type {{ line: number, other: Ref } | undefined} */
  let first;
  for (const holder of holders) {
    const line = collision(edit, holder, ties);
    if (line !== undefined && (!first || line < first.line)) first = { line, other: holder.ref };
  }
  if (!first) return undefined;
  return { code: 'overlap', law: 5, patch: edit.ref, other: first.other, line: first.line };
}

/** What refuses the batch as a whole. @param {Line[]} lines @param {string} fingerprint @param {Batch} batch
 * @param {Options} options @returns {Violation[]} */
function batchViolations(lines, fingerprint, { base, revision, patches }, options) {
  /** @type {Violation[]} */
  const violations = [];
  /** @param {string} code @param {number} law @param {unknown} expected @param {unknown} found */
  const compare = (code, law, expected, found) => {
    if (expected === undefined || found === undefined || expected === found) return;
    violations.push({ code, law, expected: String(expected), found: String(found) });
  };
  compare('snapshot_mismatch', 1, base?.fingerprint?.toLowerCase(), fingerprint);
  compare('snapshot_mismatch', 1, base?.lineCount, lines.length);
  compare('stale_revision', 6, revision, options.revision);
  if (patches.length > 0 && (options.revision ?? revision) === MAX_COUNT) {
    violations.push({ code: 'limit_exceeded', limit: MAX_COUNT });
  }
  return violations;
}

/** Every violation in batch order, and the patches that are left. @param {Edit[]} edits @param {Line[]} lines @param {Options} options */
function judge(edits, lines, options) {
  /** @type {Violation[]} */
  const violations = [];
  /** @type {Edit[]} */
  const lawful = [];
  /** @type {Edit[]} */
  const holders = [];
  for (const edit of edits) {
    const alone = boundsViolation(edit, lines) ?? expectViolation(edit, lines);
    const violation = alone ?? overlapViolation(edit, holders, options.ties);
    if (violation) violations.push(violation);
    else lawful.push(edit);
    if (!violation || (!alone && options.policy !== 'best-effort')) holders.push(edit);
  }
  return { violations, lawful };
}

/** Whether a verbatim patch says how the file ends: one of those that write or take away all that was last in it. @param {Line[]} base @param {Edit[]} edits */
function endsVerbatim(base, edits) {
  let end = base.length;
  for (const edit of inOrder(edits).reverse()) {
    const last = edit.op === 'insert' ? edit.line - 1 : edit.end;
    if (last !== end || (edit.added.length > 0 && !edit.ends)) return false;
    if (edit.ends) return true;
    end = edit.line - 1;
  }
  return false;
}

/** Puts lawful edits into lines, the last first, so that no splice moves a line that a later one names. A `bare` line was given
 * without a terminator of its own. @param {Line[]} base @param {Edit[]} edits @returns {(Line & { origin: Origin, bare?: boolean })[]} */
function splice(base, edits) {
  const majority = majorityTerminator(base);
  /** The terminator for what follows line `n`. @param {number} n @returns {string} */
  const after = (n) => (n < 1 ? majority : base[n - 1]?.terminator || after(n - 1));

  const lines = base.map((line, at) => ({
    content: line.content,
    terminator: line.terminator || after(at),
    origin: /** @type {Origin} */ ({ base: at + 1 }),
    bare: false,
  }));
  // Nothing put in at a place is no edit of it.
  const real = edits.filter(({ op, added }) => op !== 'insert' || added.length > 0);
  for (const { op, ref, line, end, added, ends } of inOrder(real).reverse()) {
    let terminator = after(line - 1);
    const fresh = added.map((content, at) => {
      const bare = ends?.[at] === '';
      if (ends)
        return { content, terminator: ends[at] || terminator, origin: { patch: ref }, bare };
      if (op === 'replace' && line + at <= end) {
        terminator = base[line - 1 + at]?.terminator || terminator;
      }
      return { content, terminator, origin: { patch: ref }, bare: false };
    });
    lines.splice(line - 1, op === 'insert' ? 0 : end - line + 1, ...fresh);
  }
  const last = lines.at(-1);
  const open = endsVerbatim(base, real) ? last?.bare : base.at(-1)?.terminator === '';
  if (last && open) last.terminator = '';
  return lines;
}

/** By line, and at one line in batch order: a replace or delete only ever follows the inserts before its line.
 * @param {Edit[]} edits */
const inOrder = (edits) => [...edits].sort((a, b) => a.line - b.line || a.ref.index - b.ref.index);

/** A line that vanished from the end of the result is not part of a change's new lines; a line of the base that did is part
 * of its old ones. @param {Edit[]} edits @param {number} lineCount of the result @param {number | undefined} vanished of the base */
function changesOf(edits, lineCount, vanished) {
  let growth = 0;
  return inOrder(edits).flatMap(({ op, ref, line, end, added }) => {
    const removed = op === 'insert' ? 0 : end - line + 1;
    if (removed === 0 && added.length === 0) return [];
    const from = Math.min(line + growth, lineCount + 1);
    const to = Math.min(line + growth + added.length - 1, lineCount);
    growth += added.length - removed;
    const base = { from: line - 1 === vanished ? vanished : line, to: line + removed - 1 };
    return [{ patch: ref, from, to, base }];
  });
}

/** @param {Edit[]} edits */
function countsOf(edits) {
  /** @param {Op} op */
  const count = (op) => edits.filter((edit) => edit.op === op).length;
  const removed = edits
    .filter((edit) => edit.op !== 'insert')
    .reduce((sum, { line, end }) => sum + end - line + 1, 0);
  const added = edits.reduce((sum, edit) => sum + edit.added.length, 0);
  return {
    replace: count('replace'),
    delete: count('delete'),
    insert: count('insert'),
    linesRemoved: removed,
    linesAdded: added,
    netLineGrowth: added - removed,
    firstLine: edits.length === 0 ? 0 : Math.min(...edits.map((edit) => edit.line)),
    lastLine: edits.length === 0 ? 0 : Math.max(...edits.map((edit) => edit.end)),
  };
}

/** @param {Edit[]} edits @param {Line[]} lines */
function warningsOf(edits, lines) {
  const onlyLf = lines.every((line) => line.terminator !== '\r\n');
  return edits.flatMap((edit) => {
    const old = lines.slice(edit.line - 1, edit.end);
    const before = old.map(({ content, terminator }) => content + (edit.ends ? terminator : '\n'));
    const after = edit.added.map((content, at) => content + (edit.ends?.[at] ?? '\n'));
    const same = edit.end <= lines.length && before.join('') === after.join('');
    const noEffect =
      edit.op === 'insert'
        ? edit.added.length === 0
        : edit.op === 'replace' && edit.added.length > 0 && same;
    return [
      ...(noEffect ? [{ code: 'no_effect', patch: edit.ref }] : []),
      ...(edit.crlf && onlyLf ? [{ code: 'line_ends_converted', patch: edit.ref }] : []),
    ];
  });
}

/** What check() reports. @param {{ text: string, fingerprint?: string }} snapshot @param {Batch} batch @param {Options} options */
export function check({ text, fingerprint = '' }, batch, options = {}) {
  const lines = splitLines(text);
  const edits = batch.patches.map(editOf);
  const whole = batchViolations(lines, fingerprint, batch, options);
  const judged = judge(edits, lines, { ...options, policy: 'atomic' });
  return {
    counts: countsOf(edits),
    warnings: warningsOf(edits, lines),
    violations: whole.length > 0 ? whole : judged.violations,
  };
}

/**
 * What apply() gives: `errors` when the batch is refused, else every view of the result.
 * @param {{ text: string, fingerprint?: string }} snapshot @param {Batch} batch @param {Options} options
 */
export function apply({ text, fingerprint = '' }, batch, options = {}) {
  const { policy = 'fail-fast' } = options;
  const base = splitLines(text);
  const edits = batch.patches.map(editOf);

  const whole = batchViolations(base, fingerprint, batch, options);
  if (whole.length > 0) return { errors: policy === 'fail-fast' ? whole.slice(0, 1) : whole };
  const { violations, lawful } = judge(edits, base, options);
  if (policy === 'fail-fast' && violations.length > 0) return { errors: violations.slice(0, 1) };
  if (policy === 'atomic' && violations.length > 0) return { errors: violations };

  const current = options.revision ?? batch.revision ?? 0;
  const revision = lawful.length > 0 ? current + 1 : current;
  const lines = splice(base, lawful);
  // Bytes have the last word: at the end of a text an empty line without terminator is no line.
  const last = lines.at(-1);
  const vanished = last && last.content + last.terminator === '' ? lines.pop() : undefined;
  const vanishedBase = vanished && 'base' in vanished.origin ? vanished.origin.base : undefined;
  const patched = lines.map((line) => line.content + line.terminator).join('');
  const origins = lines.map((line) => line.origin);
  const unmapLine = origins.map((origin) => ('base' in origin ? origin.base : null));
  return {
    text: patched,
    // Read from the bytes, not from the pieces: what a view shows is what a reader of the file would see.
    lines: splitLines(patched).map((line) => line.content),
    revision,
    report: {
      revision,
      applied: lawful.map((edit) => edit.ref),
      failed: violations,
      warnings: warningsOf(edits, base),
      counts: countsOf(edits),
    },
    changes: changesOf(lawful, lines.length, vanishedBase),
    provenance: origins,
    mapLine: base.map((_, at) => unmapLine.indexOf(at + 1) + 1 || null),
    unmapLine,
  };
}
