import { Fragment } from 'react';
import type { RareProps } from './renderer.ts';

/** Phrases inside a text that are ticked like boxes: by mouse or finger, or by Tab and the space bar. */
export function HotText({ view, response, labelledBy, isDisabled, kit, onAnswer }: RareProps<'hotText'>) {
  const { RichText } = kit;
  const chosen = response && 'm' in response ? response.m : [];
  const toggle = (token: string) => {
    const rest = chosen.filter((other) => other !== token);
    const next = rest.length < chosen.length ? rest : [...chosen, token];
    onAnswer(next.length > 0 ? { m: next } : null);
  };
  return (
    <fieldset className="gap-text hot-text" aria-labelledby={labelledBy}>
      {view.text.map((pieces, line) => (
        <p key={line}>
          {pieces.map(({ token, runs }, place) => (
            <Fragment key={place}>
              {token === undefined ? (
                <RichText value={[runs]} isInline />
              ) : (
                <label>
                  <input
                    type="checkbox"
                    checked={chosen.includes(token)}
                    disabled={isDisabled}
                    onChange={() => toggle(token)}
                  />
                  <RichText value={[runs]} isInline />
                </label>
              )}
            </Fragment>
          ))}
        </p>
      ))}
    </fieldset>
  );
}
