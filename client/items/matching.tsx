import { Fragment } from 'react';
import type { RareProps } from './renderer.ts';

/** Prompts with a list to pick from; what the letters stand for is shown in full above, formulas included. */
export function Matching({
  view,
  order,
  name,
  response,
  isDisabled,
  texts,
  kit: { inOrder, letter, plainLabel, RichText },
  onAnswer,
}: RareProps<'matching'>) {
  const pairs = response && 'p' in response ? response.p : {};
  const choices = inOrder(view.choices, order);
  const pick = (prompt: string, choice: string) => {
    const { [prompt]: _, ...rest } = pairs;
    const next = choice ? { ...rest, [prompt]: choice } : rest;
    onAnswer(Object.keys(next).length > 0 ? { p: next } : null);
  };
  return (
    // by its name: a file that takes nothing of React would have its runtime put in a file of its own
    <Fragment>
      <ol className="choices" aria-label={texts.choices}>
        {choices.map(({ token, text }, index) => (
          <li key={token}>
            <b className="letter">{letter(index)}</b>
            <span className="text">
              <RichText value={text} isInline />
            </span>
          </li>
        ))}
      </ol>
      <div className="rows">
        {view.prompts.map(({ token, text }, index) => {
          const id = `${name}-${index}`;
          return (
            <div key={token} className="row">
              <div id={id} className="text">
                <b>{index + 1}.</b> <RichText value={text} isInline />
              </div>
              <select
                aria-labelledby={id}
                value={pairs[token] ?? ''}
                disabled={isDisabled}
                onChange={(event) => pick(token, event.currentTarget.value)}
              >
                <option value="">{texts.choose}</option>
                {choices.map((choice, place) => (
                  <option key={choice.token} value={choice.token}>
                    {[letter(place), plainLabel(choice.text)].filter(Boolean).join('. ')}
                  </option>
                ))}
              </select>
            </div>
          );
        })}
      </div>
    </Fragment>
  );
}
