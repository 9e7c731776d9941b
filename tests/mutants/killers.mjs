// The native tests in the order in which they are asked: what fails soonest for least comes first.

export const SURVIVES = 'survives every test';

const GTEST = ['--gtest_fail_fast', '--gtest_brief=0'];
const SLOW = 'LargeText.*:*EverySmallBatch*';

export const stages = [
  {
    suite: 'conformance',
    target: 'firn_conformance_cpp',
    program: 'tests/core/firn_conformance_cpp',
    args: (tree) => [tree.casesFolder, tree.scratchFile],
    nameOf: (output) => output.match(/^\S+\.json: .*?(?=: )/m)?.[0],
  },
  gtest('core', 'tests/core/firn_core_test', `-${SLOW}`),
  gtest('algebra', 'tests/algebra/firn_algebra_test', '*'),
  ...['diffs', 'merges', 'batches'].map((world) => ({
    suite: 'exhaustive',
    target: 'firn_exhaustive',
    program: 'tests/exhaustive/firn_exhaustive',
    args: () => [world, 'part'],
    nameOf: () => world,
  })),
  gtest('core', 'tests/core/firn_core_test', '*EverySmallBatch*'),
];

function gtest(suite, program, filter) {
  return {
    suite,
    target: `firn_${suite}_test`,
    program,
    args: () => [...GTEST, `--gtest_filter=${filter}`],
    nameOf: gtestNameOf,
  };
}

/** The test that failed, or that was running when the program ended. */
function gtestNameOf(output) {
  const failed = output.match(/^\[ {2}FAILED {2}\] ([^\s,]+)/m)?.[1];
  return failed ?? Array.from(output.matchAll(/^\[ RUN {6}\] (\S+)/gm), ([, name]) => name).at(-1);
}

function howItEnded({ signal, status }) {
  const killed = signal ?? (status > 128 ? `signal ${status - 128}` : null);
  if (killed === 'SIGXCPU' || killed === 'SIGKILL' || status === 152 || status === 137) {
    return ', which found no end';
  }
  return killed ? `, by ${killed}` : '';
}

/**
 * Builds and runs one suite after another, `likely` first, until one fails. No killer: all have passed, or the sources do not
 * compile, which proves nothing about the tests.
 */
export async function firstKiller(tree, likely) {
  const ordered = likely === undefined ? stages : [stages[likely], ...stages];
  for (const stage of ordered) {
    const built = await tree.build(stage.target);
    if (!built.ok) return { killer: null, why: `does not build:\n${built.output.slice(-2000)}` };
    const result = await tree.test(stage.program, stage.args(tree));
    if (result.ok) continue;
    const name = stage.nameOf(result.output) ?? 'at its start';
    return {
      stage: stages.indexOf(stage),
      killer: `${stage.suite}: ${name}${howItEnded(result)}`,
    };
  }
  return { killer: null, why: SURVIVES };
}
