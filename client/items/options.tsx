import { inOrder, letter, type ItemProps } from './item-props.ts';
import { RichText } from './rich-text.tsx';

interface OptionsProps extends ItemProps<'choice' | 'multiple'> {
  type: 'radio' | 'checkbox';
  chosen: readonly string[];
  onToggle(token: string): void;
}

/** The rows of a choice: the whole row answers, a second button crosses an option out. */
export function Options(props: OptionsProps) {
  const { view, order, name, type, chosen, isDisabled, texts, struck, onToggle, onStrike } = props;
  return (
    <div
      className="options"
      role={type === 'radio' ? 'radiogroup' : 'group'}
      aria-labelledby={props.labelledBy}
    >
      {inOrder(view.options, order).map(({ token, text }, index) => {
        const isStruck = struck.includes(token);
        return (
          <div key={token} className={isStruck ? 'option struck' : 'option'}>
            <label>
              <input
                type={type}
                name={name}
                checked={chosen.includes(token)}
                disabled={isDisabled}
                onChange={() => onToggle(token)}
              />
              <b className="letter">{letter(index)}</b>
              <span className="text">
                <RichText value={text} isInline />
              </span>
            </label>
            {onStrike && (
              <button
                type="button"
                className="strike"
                aria-pressed={isStruck}
                aria-label={texts.strike.replace('{letter}', letter(index))}
                onClick={() => onStrike(token)}
              >
                <s>{letter(index)}</s>
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}
