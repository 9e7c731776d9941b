/** What the page remembers from visit to visit. */
import type { ViewMode } from '../worker/layout.js';
import { isRecord } from './json.js';

export type Theme = 'system' | 'light' | 'dark';

export interface Remembered {
  readonly theme: Theme;
  readonly mode: ViewMode;
  readonly isFolded: boolean;
  readonly showSpaces: boolean;
  /** Pixels. */
  readonly filesWidth: number;
  readonly patchesWidth: number;
  /** Single keys act. Who dictates or uses a screen reader may not want that. */
  readonly hasKeys: boolean;
}

const KEY = 'firn.dashboard';

const DEFAULTS: Remembered = {
  theme: 'system',
  mode: 'unified',
  isFolded: true,
  showSpaces: false,
  filesWidth: 264,
  patchesWidth: 344,
  hasKeys: true,
};

export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
export const MODES: readonly ViewMode[] = ['patched', 'unified', 'split'];

/** Storage may be full, forbidden, or hold what an older page wrote. */
export function recall(): Remembered {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (!isRecord(stored)) return DEFAULTS;
    const number = (value: unknown, otherwise: number) =>
      typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
    return {
      theme: THEMES.find((theme) => theme === stored['theme']) ?? DEFAULTS.theme,
      mode: MODES.find((mode) => mode === stored['mode']) ?? DEFAULTS.mode,
      isFolded: stored['isFolded'] !== false,
      showSpaces: stored['showSpaces'] === true,
      filesWidth: number(stored['filesWidth'], DEFAULTS.filesWidth),
      patchesWidth: number(stored['patchesWidth'], DEFAULTS.patchesWidth),
      hasKeys: stored['hasKeys'] !== false,
    };
  } catch {
    return DEFAULTS;
  }
}

export function remember(remembered: Remembered): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(remembered));
  } catch {
    // Then the next visit begins as the first one did.
  }
}
