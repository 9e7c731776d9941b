/**
 * The syntax of patched files: parsed when asked, each fault told of the patch that brought it.
 *
 *     const built = applyFile(engine, baseline, index.of(file));
 *     for (const fault of await patchedFaults(engine, baseline, built)) {
 *       fault.message; fault.line; fault.patches.map(({ label }) => label);
 *     }
 *
 * JavaScript and TypeScript are parsed by oxc-parser and CSS by css-tree, which are installed by who
 * wants them; JSON by jsonc-parser.
 */
export type { SyntaxFault } from './fault.js';
export { type Language, languageOf } from './language.js';
export { parseFaults, SyntaxParserError } from './parse-faults.js';
export { type PatchedFault, patchedFaults } from './patched-faults.js';
