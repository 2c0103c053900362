import { GapText } from './gap-text.tsx';
import type { RareProps } from './renderer.ts';

/** Kept beside the renderer: only a paper with gaps carries these words. */
const WORDS = {
  vi: {
    gap: (n: number, of: number) => `Chỗ trống ${n} trên ${of}`,
    words: 'Các từ để điền',
    once: 'Mỗi từ dùng một lần: chọn lại ở chỗ khác thì từ chuyển sang chỗ đó.',
  },
  en: {
    gap: (n: number, of: number) => `Gap ${n} of ${of}`,
    words: 'Words to fill in',
    once: 'Each word is used once: picked for another gap, it moves there.',
  },
};

const FIRST_LETTER = 65;

/** A list of words above a text, in whose gaps they are picked from lists: nothing has to be dragged. */
export function GapMatch({ view, order, response, isDisabled, texts, kit, onAnswer }: RareProps<'gapMatch'>) {
  const { inOrder, plainLabel, RichText } = kit;
  const t = WORDS[document.documentElement.lang === 'en' ? 'en' : 'vi'];
  const filled = response && 'p' in response ? response.p : {};
  const choices = inOrder(view.choices, order).map((choice, place) => ({
    ...choice,
    letter: String.fromCharCode(FIRST_LETTER + place),
  }));
  const pick = (gap: string, choice: string) => {
    const others = Object.entries(filled).filter(
      ([other, used]) => other !== gap && (view.reuse || used !== choice),
    );
    const next = choice ? [...others, [gap, choice]] : others;
    onAnswer(next.length > 0 ? { p: Object.fromEntries(next) as Record<string, string> } : null);
  };
  return (
    <>
      <ol className="choices" aria-label={t.words}>
        {choices.map(({ token, text, letter }) => (
          <li key={token}>
            <b className="letter">{letter}</b>
            <span className="text">
              <RichText value={text} isInline />
            </span>
          </li>
        ))}
      </ol>
      <GapText
        text={view.text}
        RichText={RichText}
        renderField={(token, index) => (
          <select
            aria-label={t.gap(index + 1, view.gaps.length)}
            value={filled[token] ?? ''}
            disabled={isDisabled}
            onChange={(event) => pick(token, event.currentTarget.value)}
          >
            <option value="">{texts.choose}</option>
            {choices.map((choice) => (
              <option key={choice.token} value={choice.token}>
                {[choice.letter, plainLabel(choice.text)].filter(Boolean).join('. ')}
              </option>
            ))}
          </select>
        )}
      />
      {!view.reuse && <p className="rare-note">{t.once}</p>}
    </>
  );
}
