// @ts-check

/** How the report looks. Verdicts are told apart by words as well as by colour. */
export const STYLE = `
:root {
  --paper: #fdfdfc; --ink: #1c2430; --faint: #5d6878; --grid: #e3e6ea; --axis: #9aa4b1;
  --own: #0b63ce; --met: #2a8a57; --least: #b07800; --missed: #c2352b; --unjudged: #8a96a5;
  --peer-0: #7a4ea3; --peer-1: #2a8a57; --peer-2: #c2352b; --peer-3: #b07800;
  --peer-4: #00838a; --peer-5: #a33c76; --peer-6: #6b6f2a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12161c; --ink: #e4e8ee; --faint: #9aa5b4; --grid: #262d37; --axis: #5c6878;
    --own: #6db3ff; --met: #57c78a; --least: #e5b045; --missed: #ff7a6e; --unjudged: #7f8b9b;
    --peer-0: #c39be8; --peer-1: #57c78a; --peer-2: #ff7a6e; --peer-3: #e5b045;
    --peer-4: #4fc9cf; --peer-5: #ee8fc0; --peer-6: #c3c76a;
  }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif }
main { max-width: 1020px; margin: 0 auto; padding: 32px 24px 64px }
h1 { font-size: 28px; margin: 0 0 8px }
h2 { font-size: 18px; margin: 40px 0 0 }
p { margin: 4px 0; color: var(--faint); max-width: 80ch }
.summary { color: var(--ink); font-size: 17px }
.versions { font-size: 13px }
.warning { color: var(--missed) }
figure { margin: 12px 0 0; overflow-x: auto }
svg { display: block; width: 100%; min-width: 720px; height: auto; font: 12px system-ui, sans-serif }
svg text { fill: var(--faint) }
.grid { stroke: var(--grid) }
.one { stroke: var(--axis) }
.series polyline { fill: none; stroke-width: 1.5 }
.series text { font-weight: 500 }
.series .leader { stroke-width: 0.5; opacity: 0.6 }
.own polyline { stroke-width: 3 }
.own text { font-weight: 700 }
.own.wasm polyline { stroke-dasharray: 7 4 }
.own polyline, .own line { stroke: var(--own) } .own circle, .own text { fill: var(--own) }
${Array.from(
  { length: 7 },
  (_, at) =>
    `.peer-${at} polyline, .peer-${at} line { stroke: var(--peer-${at}) } .peer-${at} circle, .peer-${at} text { fill: var(--peer-${at}) }`,
).join('\n')}
.bar { opacity: 0.85 }
.bar.met { fill: var(--met) } .bar.least { fill: var(--least) }
.bar.missed { fill: var(--missed) } .bar.unjudged { fill: var(--unjudged) }
.spread { stroke: var(--ink); stroke-width: 2 }
.bound { stroke: var(--ink); stroke-width: 2 }
svg .number { fill: var(--ink); font-variant-numeric: tabular-nums }
svg .verdict.met { fill: var(--met) } svg .verdict.least { fill: var(--least) }
svg .verdict.missed { fill: var(--missed); font-weight: 700 }
details { margin-top: 8px; color: var(--faint) }
table { border-collapse: collapse; margin-top: 8px; font-size: 13px }
th, td { text-align: left; padding: 2px 24px 2px 0; border-bottom: 1px solid var(--grid) }
td:nth-child(n + 3) { text-align: right; font-variant-numeric: tabular-nums }
`;
