import { Button, Group, SegmentedControl } from '@mantine/core';
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { areaText, AREA_SHAPES, parseArea, type Area, type AreaShape, type HotspotPicture } from '#bank/item';
import { Picture } from '../../items/picture.tsx';
import { areaWords } from '../words/areas.ts';
import { useWords } from '../words/words.ts';
import { moved, pixelAt, preview, withPoint, type Drawing, type Pixel } from './area-drawing.ts';
import './area-canvas.css';

/** An arrow goes this part of the picture. */
const STEPS = 40;
const ARROWS: Readonly<Record<string, Pixel>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const FIRST_LETTER = 65;

interface AreaCanvasProps {
  picture: HotspotPicture;
  /** One on each line, as they are typed. */
  areas: string;
  onChange(areas: string): void;
}

/** The picture with its areas; more are drawn by mouse, finger or keyboard. Each is a line that can be typed as well. */
export function AreaCanvas({ picture, areas, onChange }: AreaCanvasProps) {
  const t = useWords(areaWords);
  const [drawing, setDrawing] = useState<Drawing>({ shape: 'rect', points: [] });
  const [cursor, setCursor] = useState<Pixel | null>(null);
  const [said, setSaid] = useState('');
  const frame = useRef<HTMLButtonElement>(null);
  const pressed = useRef<Pixel | null>(null);
  const lines = areas.split('\n').filter((line) => line.trim() !== '');
  const at = cursor ?? [Math.floor(picture.width / 2), Math.floor(picture.height / 2)];

  const place = (point: Pixel) => {
    const next = withPoint(drawing, point, picture);
    setDrawing(next.drawing);
    setCursor(point);
    if (!next.area) return setSaid('');
    const line = areaText(next.area);
    onChange([...lines, line].join('\n'));
    setSaid(t('added', { area: line }));
  };
  const pixelOf = (event: PointerEvent): Pixel => {
    const box = frame.current?.getBoundingClientRect() ?? { left: 0, top: 0, width: 1, height: 1 };
    return pixelAt({ x: event.clientX, y: event.clientY }, box, picture);
  };
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    pressed.current = pixelOf(event);
    place(pressed.current);
  };
  const onPointerUp = (event: PointerEvent) => {
    const point = pixelOf(event);
    const [x, y] = pressed.current ?? point;
    const isDragged =
      Math.hypot(point[0] - x, point[1] - y) > Math.max(picture.width, picture.height) / STEPS;
    pressed.current = null;
    if (isDragged && drawing.shape !== 'poly' && drawing.points.length > 0) place(point);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    const isKnown = arrow ?? ['Enter', ' ', 'Backspace', 'Escape'].includes(event.key);
    if (!isKnown) return;
    event.preventDefault();
    const step = event.shiftKey
      ? 1
      : Math.max(1, Math.round(Math.max(picture.width, picture.height) / STEPS));
    if (arrow) setCursor(moved(at, [arrow[0] * step, arrow[1] * step], picture));
    else if (event.key === 'Backspace') setDrawing({ ...drawing, points: drawing.points.slice(0, -1) });
    else if (event.key === 'Escape') setDrawing({ ...drawing, points: [] });
    else place(at);
  };
  return (
    <fieldset className="plain-set area-fields">
      <legend className="field-label">{t('draw')}</legend>
      <SegmentedControl
        data={AREA_SHAPES.map((shape) => ({ value: shape, label: t(shape) }))}
        value={drawing.shape}
        onChange={(shape) => setDrawing({ shape: shape as AreaShape, points: [] })}
      />
      <p className="quiet">{t('how')}</p>
      <button
        type="button"
        ref={frame}
        className="area-canvas"
        aria-label={t('draw')}
        onPointerDown={onPointerDown}
        onPointerMove={(event) => setCursor(pixelOf(event))}
        onPointerUp={onPointerUp}
        onKeyDown={onKeyDown}
      >
        <Picture run={picture.image} />
        <Shapes picture={picture} lines={lines} begun={preview(drawing, at)} cursor={cursor} />
      </button>
      <output className="quiet">
        {said || (cursor && t('at', { x: at[0], y: at[1], n: drawing.points.length }))}
      </output>
      <Group gap="xs">
        {lines.map((line, index) => (
          <Button
            key={`${index}${line}`}
            variant="default"
            size="xs"
            onClick={() => onChange(lines.filter((_, other) => other !== index).join('\n'))}
          >
            {t('remove', { letter: letterOf(index) })}
          </Button>
        ))}
      </Group>
    </fieldset>
  );
}

interface ShapesProps {
  picture: HotspotPicture;
  lines: readonly string[];
  /** What is being drawn. */
  begun: Area | null;
  cursor: Pixel | null;
}

/** Lies over the picture, in its pixels. */
function Shapes({ picture: { width, height }, lines, begun, cursor }: ShapesProps) {
  const areas = lines.map((line, index) => parseArea(letterOf(index), line));
  const arm = Math.max(width, height) / STEPS;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {areas.map((area, index) => area && <Shape key={index} area={area} />)}
      {begun && <Shape area={begun} isBegun />}
      {areas.map(
        (area, index) =>
          area && (
            <text key={index} x={area.coords[0]} y={area.coords[1]} fontSize={2 * arm}>
              {letterOf(index)}
            </text>
          ),
      )}
      {cursor && (
        <>
          <line x1={cursor[0] - arm} x2={cursor[0] + arm} y1={cursor[1]} y2={cursor[1]} />
          <line x1={cursor[0]} x2={cursor[0]} y1={cursor[1] - arm} y2={cursor[1] + arm} />
        </>
      )}
    </svg>
  );
}

/** Dashed while it is being drawn. */
function Shape({ area: { shape, coords }, isBegun }: { area: Area; isBegun?: boolean }) {
  const [a = 0, b = 0, c = 0, d = 0] = coords;
  const className = isBegun ? 'is-begun' : undefined;
  if (shape === 'circle') return <circle className={className} cx={a} cy={b} r={c} />;
  if (shape === 'poly') return <polygon className={className} points={coords.join(' ')} />;
  return <rect className={className} x={a} y={b} width={Math.max(0, c - a)} height={Math.max(0, d - b)} />;
}

function letterOf(index: number): string {
  return String.fromCharCode(FIRST_LETTER + index);
}
