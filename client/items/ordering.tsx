import { useLayoutEffect, useRef, useState } from 'react';
import type { RareProps } from './renderer.ts';

/** Kept beside the renderer: only a paper with an ordering question carries these words. */
const WORDS = {
  vi: {
    list: 'Các phần theo thứ tự em chọn',
    up: (n: number) => `Chuyển phần ở vị trí ${n} lên trên`,
    down: (n: number) => `Chuyển phần ở vị trí ${n} xuống dưới`,
    moved: (what: string, n: number, of: number) => `${what}: vị trí ${n} trên ${of}`,
    untouched: 'Chưa trả lời. Hãy chuyển các phần bằng nút mũi tên, hoặc giữ thứ tự đang có.',
    keep: 'Giữ thứ tự này',
  },
  en: {
    list: 'The parts in the order you chose',
    up: (n: number) => `Move the part in place ${n} up`,
    down: (n: number) => `Move the part in place ${n} down`,
    moved: (what: string, n: number, of: number) => `${what}: place ${n} of ${of}`,
    untouched: 'Not answered yet. Move the parts with the arrows, or keep the order as it is.',
    keep: 'Keep this order',
  },
};

const UP = -1;
const DOWN = 1;

/** Rows with two arrows each: the order is made without dragging. Untouched rows are no answer. */
export function Ordering({
  view,
  order,
  name,
  response,
  isDisabled,
  labelledBy,
  kit,
  onAnswer,
}: RareProps<'ordering'>) {
  const { inOrder, RichText } = kit;
  const t = WORDS[document.documentElement.lang === 'en' ? 'en' : 'vi'];
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState('');
  const wanted = useRef('');
  const given = response && 'o' in response ? response.o : null;
  const parts = inOrder(view.parts, given ?? order);
  const tokens = parts.map(({ token }) => token);

  // a button that moves with its row loses the focus on the way
  useLayoutEffect(() => {
    if (wanted.current) list.current?.querySelector<HTMLElement>(`[data-move="${wanted.current}"]`)?.focus();
    wanted.current = '';
  });

  const move = (from: number, by: number) => {
    const to = from + by;
    const [part, other] = [parts[from], parts[to]];
    if (!part || !other) return;
    wanted.current = `${part.token}${by}`;
    const row = list.current?.children[from]?.querySelector('.text');
    setSaid(t.moved(row?.textContent ?? '', to + 1, parts.length));
    const next = [...tokens];
    [next[from], next[to]] = [other.token, part.token];
    onAnswer({ o: next });
  };
  return (
    <>
      <ol ref={list} className="rows order" aria-labelledby={labelledBy} aria-describedby={`${name}-note`}>
        {parts.map(({ token, text }, index) => (
          <li key={token} className="row">
            <b className="letter">{index + 1}</b>
            <span className="text">
              <RichText value={text} isInline />
            </span>
            {[UP, DOWN].map((by) => (
              <button
                key={by}
                type="button"
                data-move={`${token}${by}`}
                aria-label={by === UP ? t.up(index + 1) : t.down(index + 1)}
                aria-disabled={!parts[index + by]}
                disabled={isDisabled}
                onClick={() => move(index, by)}
              >
                {by === UP ? '↑' : '↓'}
              </button>
            ))}
          </li>
        ))}
      </ol>
      <p id={`${name}-note`} className="rare-note">
        {given ? t.list : t.untouched}{' '}
        {!given && (
          <button type="button" disabled={isDisabled} onClick={() => onAnswer({ o: tokens })}>
            {t.keep}
          </button>
        )}
      </p>
      <output className="rare-unseen">{said}</output>
    </>
  );
}
