import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { countWords } from '#bank/item';
import { ESSAY_CHARACTERS } from '#bank/protocol';
import type { RareProps } from './renderer.ts';
import type { Field } from './text-field.tsx';

/** Kept beside the renderer: only a paper with an essay carries these words. */
const WORDS = {
  vi: {
    label: 'Bài làm',
    count: (n: string) => `${n} từ`,
    between: (from: number, to: number) => `Yêu cầu ${from}–${to} từ`,
    atLeast: (from: number) => `Yêu cầu ít nhất ${from} từ`,
    atMost: (to: number) => `Yêu cầu không quá ${to} từ`,
    room: (n: string) => `Còn viết được ${n} ký tự`,
    criteria: 'Tiêu chí chấm',
    points: (mark: string) => `${mark} điểm`,
  },
  en: {
    label: 'Your essay',
    count: (n: string) => `${n} words`,
    between: (from: number, to: number) => `Write ${from}–${to} words`,
    atLeast: (from: number) => `Write at least ${from} words`,
    atMost: (to: number) => `Write at most ${to} words`,
    room: (n: string) => `Room for ${n} more characters`,
    criteria: 'What is marked',
    points: (mark: string) => `${mark} points`,
  },
};

/** From here on the room that is left is told. */
const ROOM_TOLD = 20_000;
const SHORTEST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;

/** Half a surrogate pair and control characters have no place in a text that is kept and hashed. */
function cleaned(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .normalize('NFC');
}

/** Every save holds the whole text: the longer it is, the longer the pause between two saves. In ms. */
function pauseAfter(text: string): number {
  return Math.min(LONGEST_PAUSE, Math.max(SHORTEST_PAUSE, text.length / 4));
}

function grow(area: Field | null): void {
  if (!area) return;
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight + 4}px`;
}

/** A field that grows with its text. It belongs to the typist and is never rewritten while focused. */
export function Essay({ view, name, response, isDisabled, kit, onAnswer }: RareProps<'essay'>) {
  const language = document.documentElement.lang === 'en' ? 'en' : 'vi';
  const t = WORDS[language];
  const given = response && 'e' in response ? response.e : '';
  const [first] = useState(given);
  const [text, setText] = useState(given);
  const field = useRef<Field>(null);
  const number = (n: number) => n.toLocaleString(language);

  useLayoutEffect(() => {
    const area = field.current;
    if (!area || area === document.activeElement || area.value === given) return;
    area.value = given;
    setText(given);
  }, [given]);

  useLayoutEffect(() => grow(field.current));

  const take = (isTyping: boolean) => {
    const clean = cleaned(field.current?.value ?? '');
    setText(clean);
    if (isTyping || clean !== given)
      onAnswer(clean.trim() ? { e: clean } : null, isTyping && pauseAfter(clean));
  };
  // A page that is laid aside may not come back.
  useEffect(() => {
    const save = () => document.hidden && take(false);
    document.addEventListener('visibilitychange', save);
    return () => document.removeEventListener('visibilitychange', save);
  });

  const { minWords: from, maxWords: to, shown } = view;
  const limits = [
    from !== undefined && to !== undefined && t.between(from, to),
    from !== undefined && to === undefined && t.atLeast(from),
    from === undefined && to !== undefined && t.atMost(to),
    ESSAY_CHARACTERS - text.length < ROOM_TOLD && t.room(number(ESSAY_CHARACTERS - text.length)),
  ].filter((limit) => limit !== false);
  return (
    <div className="typed">
      {shown && (
        <>
          <p>{t.criteria}</p>
          <ul>
            {shown.map(({ title, points }) => (
              <li key={title}>
                {title} · {t.points(number(points / 100))}
              </li>
            ))}
          </ul>
        </>
      )}
      <label htmlFor={name}>{t.label}</label>
      <kit.TextField
        as="textarea"
        field={field}
        onTake={take}
        id={name}
        lang={language}
        rows={view.lines ?? 10}
        maxLength={ESSAY_CHARACTERS}
        defaultValue={first}
        disabled={isDisabled}
        aria-describedby={`${name}-note`}
      />
      <p id={`${name}-note`} className="note">
        {[t.count(number(countWords(text))), ...limits].join(' · ')}
      </p>
    </div>
  );
}
