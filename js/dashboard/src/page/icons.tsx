/** Signs of one weight, drawn on a grid of 16. They go with words; none is the only way to know a thing. */
const PATHS = {
  baseline: 'M2.500 13.500h11M2.500 10.500h11M8 8V2.500M5.500 5L8 2.500 10.500 5',
  check: 'M3 8.5l3.2 3.2L13 5',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M6 6h7v7H6zM10 6V3H3v7h3',
  differs: 'M3 6h10M3 10h10M11 3L5 13',
  down: 'M8 3v10M4 9l4 4 4-4',
  edit: 'M3 13l.7-3L11 2.700l2.300 2.300L6 12.300zM9.500 4.200l2.300 2.300',
  fold: 'M3 8h10M8 1.500v4M6 3.500l2 2 2-2M8 14.500v-4M6 12.500l2-2 2 2',
  folder: 'M2 4.500h4l1.500 2H14v6.500H2z',
  grip: 'M6 4v.01M10 4v.01M6 8v.01M10 8v.01M6 12v.01M10 12v.01',
  help: 'M5.500 6a2.500 2.500 0 1 1 3.600 2.200c-.8.4-1.100.8-1.100 1.600M8 12.500v.01',
  line: 'M2 4h12M2 8h8M2 12h10',
  moon: 'M13 9.500A5.500 5.500 0 0 1 6.500 3a5.500 5.500 0 1 0 6.500 6.500z',
  open: 'M8 11V2M4.500 5.500L8 2l3.500 3.500M2.500 10.500v3h11v-3',
  redo: 'M13 6.500H6.500a3.500 3.500 0 0 0 0 7H9M10 3.500l3 3-3 3',
  save: 'M8 2v9M4.500 7.500L8 11l3.500-3.500M2.500 11v2.500h11V11',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.700 10.700L14 14',
  space: 'M2.500 9v3h11V9',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1v1.500M8 13.500V15M1 8h1.500M13.500 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  system: 'M2 3h12v8H2zM6 14h4M8 11v3',
  undo: 'M3 6.500h6.500a3.500 3.500 0 0 1 0 7H7M6 3.500l-3 3 3 3',
  up: 'M8 13V3M4 7l4-4 4 4',
  warn: 'M8 2.500L14.500 13.500h-13zM8 6.500v3.500M8 12v.01',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** Layers of snow that became ice. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path class="peak" d="M4 24 12 9l5 8 4-6 7 13z" />
      <path class="layer" d="M9 19.500h15M6.500 22h19" />
    </svg>
  );
}
