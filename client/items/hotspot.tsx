import { useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { RareProps } from './renderer.ts';

/** Kept beside the renderer: only a paper with such a picture carries these words. */
const WORDS = {
  vi: {
    how: (most: number) =>
      `Bấm vào hình để đặt điểm (nhiều nhất ${most}). Bằng bàn phím: mũi tên để đi, Shift và mũi tên để đi từng điểm ảnh, Enter để đặt.`,
    at: (x: number, y: number) => `Con trỏ: ngang ${x} %, dọc ${y} %`,
    point: (n: number, x: number, y: number) => `Điểm ${n}: ngang ${x} %, dọc ${y} %`,
    remove: (n: number) => `Xoá điểm ${n}`,
  },
  en: {
    how: (most: number) =>
      `Click the picture to set a point (${most} at most). By keyboard: arrows to move, Shift and arrows for single pixels, Enter to set.`,
    at: (x: number, y: number) => `Cursor: ${x} % across, ${y} % down`,
    point: (n: number, x: number, y: number) => `Point ${n}: ${x} % across, ${y} % down`,
    remove: (n: number) => `Remove point ${n}`,
  },
};

/** An arrow goes this part of the picture. */
const STEPS = 40;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

type Place = readonly [x: number, y: number];

/** A picture in which points are set, by pointer or by a cursor that the arrow keys move. */
export function Hotspot({ view, name, response, isDisabled, kit, onAnswer }: RareProps<'hotspot'>) {
  const { RichText } = kit;
  const { width, height, points: most, picture } = view;
  const t = WORDS[document.documentElement.lang === 'en' ? 'en' : 'vi'];
  const points = response && 'h' in response ? response.h : [];
  const frame = useRef<HTMLSpanElement>(null);
  const [cursor, setCursor] = useState<Place | null>(null);
  const percent = (value: number, of: number) => Math.round((100 * value) / of);
  const within = (value: number, end: number) => Math.max(0, Math.min(end - 1, Math.round(value)));

  const set = (place: Place) => {
    const others = points.filter((point) => point.join() !== place.join());
    onAnswer({ h: [...others, [...place]].slice(-most) });
  };
  const remove = (index: number) => {
    const rest = points.filter((_, place) => place !== index);
    onAnswer(rest.length > 0 ? { h: rest } : null);
  };
  const onClick = (event: MouseEvent<HTMLButtonElement>) => {
    // a click without a pointer comes from Enter or the space bar
    if (event.detail === 0) return set(cursor ?? [within(width / 2, width), within(height / 2, height)]);
    const box = frame.current?.getBoundingClientRect();
    if (!box) return;
    set([
      within(((event.clientX - box.left) * width) / box.width, width),
      within(((event.clientY - box.top) * height) / box.height, height),
    ]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (!arrow || isDisabled) return;
    event.preventDefault();
    const [x, y] = cursor ?? [width / 2, height / 2];
    const step = event.shiftKey ? 1 : Math.max(1, Math.round(Math.max(width, height) / STEPS));
    setCursor([within(x + arrow[0] * step, width), within(y + arrow[1] * step, height)]);
  };
  const styleOf = ([x = 0, y = 0]: readonly number[]) => ({
    left: `${(100 * (x + 0.5)) / width}%`,
    top: `${(100 * (y + 0.5)) / height}%`,
  });
  return (
    <>
      <p id={`${name}-note`} className="rare-note">
        {t.how(most)}
      </p>
      <button
        type="button"
        className="hotspot"
        disabled={isDisabled}
        aria-describedby={`${name}-note`}
        onClick={onClick}
        onKeyDown={onKeyDown}
      >
        <span ref={frame} className="hotspot-picture">
          {picture && <RichText value={[[picture]]} isInline />}
          {points.map((point, index) => (
            <span key={point.join()} className="hotspot-mark" style={styleOf(point)} aria-hidden="true">
              {index + 1}
            </span>
          ))}
          {cursor && <span className="hotspot-cursor" style={styleOf(cursor)} aria-hidden="true" />}
        </span>
      </button>
      <output className="rare-note hotspot-at">
        {cursor && t.at(percent(cursor[0], width), percent(cursor[1], height))}
      </output>
      <ul className="hotspot-points">
        {points.map(([x = 0, y = 0], index) => (
          <li key={`${x},${y}`}>
            {t.point(index + 1, percent(x, width), percent(y, height))}{' '}
            <button type="button" disabled={isDisabled} onClick={() => remove(index)}>
              {t.remove(index + 1)}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
