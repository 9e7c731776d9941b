// @ts-check
/**
 * Whether enough ran, and whether what no test can run is what is said to be so.
 *
 * @typedef {'run' | 'true' | 'false'} Never What code never does: run, or answer so.
 *
 * @typedef {object} Branch One of two ways that the code goes on.
 * @property {number} line Where the question stands.
 * @property {'true' | 'false'} side The answer that leads here.
 * @property {number} count
 *
 * @typedef {object} Counts What of one file ran.
 * @property {ReadonlyMap<number, number>} lines How often each line with code ran. Lines count from 1.
 * @property {readonly Branch[]} [branches] Where they are counted.
 *
 * @typedef {object} Reason Why no test can come there.
 * @property {string} why
 * @property {Readonly<Partial<Record<Never, Readonly<Record<string, readonly string[]>>>>>} never Whole lines of files, without the
 *   blanks around them. One that stands there twice, or asks two questions, is listed as often.
 *
 * @typedef {{ file: string, line: number, text: string, never: Never }} Place
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';

/** @param {string} file @param {Counts} counts @returns {Place[]} */
function placesNotRun(file, { lines, branches = [] }) {
  const text = readFileSync(file, 'utf8').split('\n');
  const place = (/** @type {number} */ line, /** @type {Never} */ never) => ({
    ...{ file, line, never },
    text: (text[line - 1] ?? '').trim(),
  });
  return [
    ...[...lines].filter(([, count]) => count === 0).map(([line]) => place(line, 'run')),
    // Of what never runs no answer is missed.
    ...branches
      .filter(({ line, count }) => count === 0 && lines.get(line) !== 0)
      .map(({ line, side }) => place(line, side)),
  ];
}

/** @param {readonly Reason[]} reasons */
function listedPlaces(reasons) {
  return reasons.flatMap(({ never }) =>
    Object.entries(never).flatMap(([what, files]) =>
      Object.entries(files).flatMap(([file, texts]) =>
        texts.map((text) => ({ file, never: what, text })),
      ),
    ),
  );
}

/**
 * Prints how much ran, and fails the process where that is less than `least`, in percent, or where a reason names what ran, or is
 * not there any more. With `--gaps` it prints what did not run and no reason names.
 *
 * @param {string} name @param {ReadonlyMap<string, Counts>} files
 * @param {Readonly<Partial<Record<'lines' | 'branches', number>>>} least @param {readonly Reason[]} reasons
 */
export function judge(name, files, least, reasons) {
  const all = [...files.values()];
  const counted = {
    lines: all.flatMap(({ lines }) => [...lines.values()]),
    branches: all.flatMap(({ branches = [] }) => branches.map(({ count }) => count)),
  };
  const problems = [];
  const shares = [];
  for (const what of /** @type {const} */ (['lines', 'branches'])) {
    const bound = least[what];
    if (bound === undefined) continue;
    const ran = counted[what].filter((count) => count > 0).length;
    const percent = (100 * ran) / counted[what].length;
    shares.push(`${percent.toFixed(2)} % of ${counted[what].length} ${what}`);
    // Nothing of nothing is no number, and not enough.
    if (!(percent >= bound)) problems.push(`${name}: less than ${bound} % of its ${what} ran`);
  }

  const found = [...files].flatMap(([file, counts]) => placesNotRun(file, counts));
  const listed = listedPlaces(reasons);
  for (const { file, never, text } of listed) {
    const index = found.findIndex(
      (place) => place.file === file && place.never === never && place.text === text,
    );
    if (index >= 0) found.splice(index, 1);
    else problems.push(`${file}: is listed as never ${never}, and is not so: ${text}`);
  }

  for (const problem of problems) console.error(problem);
  if (process.argv.includes('--gaps')) {
    for (const { file, line, never, text } of found) {
      console.log(`${file}:${line}: never ${never}: ${text}`);
    }
  }
  console.log(
    `coverage (${name}): ${shares.join(', ')}; ` +
      `of what did not run, ${listed.length} places have a reason, and ${found.length} no test (--gaps)`,
  );
  if (problems.length > 0) process.exitCode = 1;
}
