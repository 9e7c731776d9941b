import { useI18n } from '../lib/i18n.ts';

/** A pine on the skyline: x and y of its foot, and its height. */
const pines = [
  [500, 318, 120],
  [548, 330, 86],
  [600, 334, 156],
  [654, 346, 104],
  [700, 346, 142],
  [742, 346, 80],
];

function Pine({ x, y, height }) {
  const w = height * 0.42;
  const tier = (top, bottom, width) =>
    `M${x} ${y - height * top}L${x + w * width} ${y - height * bottom}H${x - w * width}Z`;
  return (
    <path
      className="pine"
      d={`${tier(1, 0.55, 0.3)}${tier(0.78, 0.3, 0.42)}${tier(0.52, 0, 0.55)}`}
    />
  );
}

export function Hero() {
  const { t } = useI18n();

  return (
    <section className="hero">
      <div className="hero-text">
        <p className="eyebrow">{t('hero.eyebrow')}</p>
        <h1>{t('hero.title')}</h1>
        <p className="hero-lead">{t('hero.text')}</p>
        <a className="button" href="#products">
          {t('hero.action')}
        </a>
      </div>
      <svg
        className="hero-scene"
        viewBox="360 0 440 400"
        preserveAspectRatio="xMidYMax slice"
        aria-hidden="true"
      >
        <rect className="sky" x="360" width="440" height="400" />
        <circle className="moon-glow" cx="694" cy="158" r="58" />
        <circle className="moon" cx="694" cy="158" r="34" />
        <path
          className="hill-far"
          d="M360 240 450 160 512 208 598 118 690 214 742 176 800 226V400H360Z"
        />
        <path className="snow" d="M598 118 568 150 584 146 597 160 612 148 630 152Z" />
        <path className="hill-mid" d="M360 292Q440 236 520 268T680 262T800 282V400H360Z" />
        {pines.map(([x, y, height]) => (
          <Pine key={x} x={x} y={y} height={height} />
        ))}
        <path className="hill-near" d="M360 342Q470 300 590 326T800 318V400H360Z" />
        <g className="cabin">
          <path className="cabin-wall" d="M412 312V278L440 256 468 278V312Z" />
          <path className="cabin-roof" d="M404 284 440 252 476 284 470 288 440 262 410 288Z" />
          <path className="cabin-window" d="M432 284H448V300H432Z" />
        </g>
      </svg>
    </section>
  );
}
