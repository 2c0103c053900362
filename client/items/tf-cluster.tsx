import { inOrder, type ItemProps } from './item-props.ts';
import { RichText } from './rich-text.tsx';

/** Statements in rows with a pair of radio buttons each; on a narrow screen the pair stands below. */
export function TfCluster({
  view,
  order,
  name,
  response,
  isDisabled,
  texts,
  onAnswer,
}: ItemProps<'tfCluster'>) {
  const truth = response && 't' in response ? response.t : {};
  return (
    <div className="rows">
      {inOrder(view.statements, order).map(({ token, text }, index) => {
        const id = `${name}-${index}`;
        return (
          <div key={token} className="row" role="radiogroup" aria-labelledby={id}>
            <div id={id} className="text">
              <b>{String.fromCharCode(97 + index)})</b> <RichText value={text} isInline />
            </div>
            {[true, false].map((value) => (
              <label key={String(value)}>
                <input
                  type="radio"
                  name={id}
                  checked={truth[token] === value}
                  disabled={isDisabled}
                  onChange={() => onAnswer({ t: { ...truth, [token]: value } })}
                />
                {value ? texts.yes : texts.no}
              </label>
            ))}
          </div>
        );
      })}
    </div>
  );
}
