import type { ReactNode } from 'react';

// Drawn with the theme's --art-* colours, so a store that changes the theme redraws its shelf.
const paint = {
  main: 'var(--art-main)',
  deep: 'var(--art-deep)',
  warm: 'var(--art-warm)',
  wood: 'var(--art-wood)',
  pale: 'var(--art-pale)',
  ink: 'var(--art-ink)',
};

const drawings = {
  mug: (
    <>
      <path d="M128 84h10a20 20 0 0 1 0 44h-12" fill="none" stroke={paint.deep} strokeWidth="9" />
      <path d="M58 62h72v78a20 20 0 0 1-20 20H78a20 20 0 0 1-20-20z" fill={paint.main} />
      <ellipse cx="94" cy="62" rx="36" ry="9" fill={paint.deep} />
      <ellipse cx="94" cy="64" rx="29" ry="6" fill={paint.wood} />
      <path d="M70 98l10-14 10 14h-6l8 12H68l8-12z" fill={paint.pale} />
      <path d="M78 44q-6-8 0-16M94 44q-6-8 0-16M110 44q-6-8 0-16" className="steam" />
    </>
  ),
  kettle: (
    <>
      <path d="M62 78a38 38 0 0 1 76 0" fill="none" stroke={paint.wood} strokeWidth="9" />
      <path d="M136 104 168 78l8 8-34 44z" fill={paint.deep} />
      <path
        d="M48 152c0-40 16-66 52-66s52 26 52 66a8 8 0 0 1-8 8H56a8 8 0 0 1-8-8z"
        fill={paint.warm}
      />
      <path d="M76 90a24 8 0 0 1 48 0z" fill={paint.deep} />
      <circle cx="100" cy="78" r="7" fill={paint.wood} />
      <path d="M62 130q6-24 20-30" fill="none" stroke={paint.pale} strokeWidth="5" opacity=".7" />
    </>
  ),
  board: (
    <g transform="rotate(18 100 100)">
      <path
        d="M62 66q0-16 16-16h10q4-28 12-28t12 28h10q16 0 16 16v82q0 14-14 14H76q-14 0-14-14z"
        fill={paint.wood}
      />
      <circle cx="100" cy="40" r="5" fill={paint.deep} />
      <path d="M80 64v84M100 60v92M120 64v84" stroke={paint.ink} strokeWidth="2" opacity=".18" />
      <path d="M82 140q0-34 38-40-2 36-38 40z" fill={paint.main} />
      <path d="M76 148q12-22 32-36" fill="none" stroke={paint.deep} strokeWidth="3" />
    </g>
  ),
  blanket: (
    <>
      <path d="M44 118h112v30a12 12 0 0 1-12 12H56a12 12 0 0 1-12-12z" fill={paint.deep} />
      <path d="M44 92a12 12 0 0 1 12-12h88a12 12 0 0 1 12 12v34H44z" fill={paint.main} />
      <path d="M50 62a12 12 0 0 1 12-12h76a12 12 0 0 1 12 12v28H50z" fill={paint.pale} />
      <path d="M50 66h100M50 74h100" stroke={paint.warm} strokeWidth="4" />
      <path d="M44 104h112M44 138h112" stroke={paint.pale} strokeWidth="3" strokeDasharray="8 6" />
      <path
        d="M56 160v10M70 160v10M84 160v10M98 160v10M112 160v10M126 160v10M140 160v10"
        stroke={paint.deep}
        strokeWidth="3"
      />
    </>
  ),
  stool: (
    <>
      <path d="M74 84 56 168h11l22-84zM126 84l18 84h-11l-22-84z" fill={paint.deep} />
      <path d="M95 84h10v76H95z" fill={paint.ink} opacity=".55" />
      <path d="M64 130h72v7H62z" fill={paint.deep} />
      <ellipse cx="100" cy="82" rx="56" ry="15" fill={paint.wood} />
      <ellipse cx="100" cy="77" rx="56" ry="15" fill={paint.pale} />
      <path d="M62 77q38 14 76 0M72 71q28 9 56 0" fill="none" stroke={paint.wood} strokeWidth="2" />
    </>
  ),
  vase: (
    <>
      <path
        d="M100 84q-4-34-26-52M100 84q2-40 4-62M102 84q8-30 32-46"
        fill="none"
        stroke={paint.deep}
        strokeWidth="3.5"
      />
      <path
        d="M74 32q-14 0-18-14 16-2 18 14zM84 46q-16 4-24-8 16-6 24 8zM104 22q-10-8-4-18 12 6 4 18zM134 38q2-16 16-18 2 14-16 18zM122 52q14-6 24 4-14 10-24-4z"
        fill={paint.main}
      />
      <path
        d="M86 78h28l-3 16q28 14 28 42 0 26-20 26H81q-20 0-20-26 0-28 28-42z"
        fill={paint.pale}
      />
      <path d="M62 128q38 14 76 0v14q-38 14-76 0z" fill={paint.warm} />
    </>
  ),
  candle: (
    <>
      <path d="M100 28q16 20 10 34-4 9-10 9t-10-9q-6-14 10-34z" fill={paint.warm} />
      <path d="M100 46q7 10 4 18-1 4-4 4t-4-4q-3-8 4-18z" fill={paint.pale} />
      <path d="M100 68v16" stroke={paint.ink} strokeWidth="3" />
      <path d="M62 84h76v68a10 10 0 0 1-10 10H72a10 10 0 0 1-10-10z" fill={paint.pale} />
      <path
        d="M62 84h76v9q-8 12-16 2-8 16-16 1-8 10-18-1-10 10-26-2z"
        fill={paint.wood}
        opacity=".55"
      />
      <path d="M76 110h48v34H76z" fill={paint.main} />
      <path d="m100 115-8 11h4l-6 9h8v5h4v-5h8l-6-9h4z" fill={paint.pale} />
    </>
  ),
  lantern: (
    <>
      <path d="M72 62a28 34 0 0 1 56 0" fill="none" stroke={paint.ink} strokeWidth="4" />
      <path d="M76 58h48l8 14H68z" fill={paint.deep} />
      <rect x="72" y="72" width="56" height="70" fill={paint.pale} opacity=".9" />
      <circle cx="100" cy="112" r="24" fill={paint.warm} opacity=".28" />
      <path d="M100 88q14 18 8 30-4 7-8 7t-8-7q-6-12 8-30z" fill={paint.warm} />
      <path d="M72 72v70M128 72v70M90 72v70M110 72v70" stroke={paint.deep} strokeWidth="4" />
      <path d="M64 142h72l6 18H58z" fill={paint.deep} />
    </>
  ),
  lamp: (
    <>
      <path d="M100 20v26" stroke={paint.ink} strokeWidth="3" />
      <circle cx="100" cy="100" r="62" fill={paint.pale} opacity=".4" />
      <circle cx="100" cy="100" r="52" fill={paint.pale} />
      <path
        d="M57 72q43 12 86 0M49 92q51 14 102 0M49 112q51 14 102 0M58 132q42 10 84 0"
        fill="none"
        stroke={paint.wood}
        strokeWidth="2.5"
      />
      <ellipse cx="100" cy="50" rx="16" ry="5" fill={paint.deep} />
      <ellipse cx="100" cy="150" rx="16" ry="5" fill={paint.deep} />
    </>
  ),
  rucksack: (
    <>
      <path d="M84 44a16 18 0 0 1 32 0" fill="none" stroke={paint.wood} strokeWidth="6" />
      <path
        d="M54 92q-14 4-14 24v26q0 12 14 12zM146 92q14 4 14 24v26q0 12-14 12z"
        fill={paint.deep}
      />
      <path
        d="M54 78q0-36 46-36t46 36v74a12 12 0 0 1-12 12H66a12 12 0 0 1-12-12z"
        fill={paint.main}
      />
      <path d="M54 74q0-32 46-32t46 32v14q-46 20-92 0z" fill={paint.deep} />
      <path d="M68 116h64v36H68z" fill={paint.deep} opacity=".6" />
      <path d="M78 84h8v34h-8zM114 84h8v34h-8z" fill={paint.wood} />
      <path d="M78 104h8v6h-8zM114 104h8v6h-8z" fill={paint.pale} />
    </>
  ),
  axe: (
    <g transform="rotate(28 100 100)">
      <path d="M94 40h14q2 60-4 128-8 6-16 0 8-70 6-128z" fill={paint.wood} />
      <path d="M88 34h26v26q-18 0-30 10-20 4-32 16-8-28 4-58 14 10 32 6z" fill={paint.ink} />
      <path d="M56 28q-12 30-4 58l8-7q-6-22 2-48z" fill={paint.pale} />
      <path d="M89 138q7 5 15 0l-2 28q-7 5-14 0z" fill={paint.warm} />
    </g>
  ),
  beanie: (
    <>
      <circle cx="100" cy="44" r="15" fill={paint.pale} />
      <path d="M48 126q0-76 52-76t52 76z" fill={paint.warm} />
      <path
        d="M68 122q2-46 18-66M92 122V52M108 122V52M132 122q-2-46-18-66"
        fill="none"
        stroke={paint.ink}
        strokeWidth="2.5"
        opacity=".25"
      />
      <rect x="40" y="118" width="120" height="36" rx="12" fill={paint.pale} />
      <path
        d="M56 122v28M72 122v28M88 122v28M104 122v28M120 122v28M136 122v28M148 124v26"
        stroke={paint.wood}
        strokeWidth="3"
        opacity=".6"
      />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type ArtName = keyof typeof drawings;

export function ProductArt({ name }: { name: ArtName }) {
  return (
    <svg className="art" viewBox="0 0 200 200" aria-hidden="true">
      <ellipse cx="100" cy="168" rx="60" ry="8" fill={paint.ink} opacity=".14" />
      {drawings[name]}
    </svg>
  );
}
