import { type Batch, FirnError, type Snapshot } from '@firn/engine';

/** Most batches are lawful: then nobody asks for the report, which names every patch. */
export function applyLawful(text: Snapshot, batch: Batch) {
  try {
    return { patched: text.apply(batch), failed: [] };
  } catch (error) {
    if (!(error instanceof FirnError)) throw error;
    const patched = text.apply(batch, { policy: 'best-effort' });
    return { patched, failed: patched.report.failed };
  }
}
