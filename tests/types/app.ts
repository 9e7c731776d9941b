/** A program of someone else's: compiled, never run, with settings that know neither the DOM nor Node. */
import { type Engine, EngineLoadError, FirnError, loadEngine, type Report } from '@firn/engine';

export async function patch(text: string, batch: string, wasm: Uint8Array<ArrayBuffer>) {
  const firn: Engine = await loadEngine({ wasm });
  const snapshot = firn.freeze(text);
  const patched = snapshot.apply(firn.batch(batch), { policy: 'best-effort' });
  const report: Report = patched.report;
  for (const handle of [patched, snapshot]) handle.dispose();
  return report.applied.length;
}

export function messageOf(error: unknown): string {
  if (error instanceof EngineLoadError) return error.reasons.map(({ reason }) => reason).join();
  return error instanceof FirnError ? `${error.code} in ${error.patch?.index}` : String(error);
}

export async function fileOf(firn: Engine): Promise<number> {
  return (await firn.freezeFile('a.txt')).lineCount;
}
