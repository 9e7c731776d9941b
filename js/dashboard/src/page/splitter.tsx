import { useRef } from 'preact/hooks';

interface Props {
  readonly label: string;
  /** Pixels of the pane beside it. */
  readonly width: number;
  /** Which side of the splitter that pane is on. */
  readonly side: 'left' | 'right';
  readonly onWidth: (width: number) => void;
}

const LEAST = 180;
const MOST = 640;
const STEP = 16;

/** Drags the edge of a pane, or moves it with the arrow keys. */
export function Splitter({ label, width, side, onWidth }: Props) {
  const start = useRef<{ x: number; width: number } | undefined>(undefined);
  const direction = side === 'left' ? 1 : -1;
  const choose = (wanted: number) => onWidth(Math.min(Math.max(Math.round(wanted), LEAST), MOST));
  return (
    <hr
      class={`splitter ${side}`}
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width };
      }}
      onPointerMove={({ clientX }) => {
        if (start.current) choose(start.current.width + direction * (clientX - start.current.x));
      }}
      onPointerUp={() => {
        start.current = undefined;
      }}
      onKeyDown={({ key }) => {
        if (key === 'ArrowLeft') choose(width - direction * STEP);
        if (key === 'ArrowRight') choose(width + direction * STEP);
      }}
    />
  );
}
