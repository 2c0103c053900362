import { Checkbox } from '@mantine/core';
import { parseMarkup, phrasesOf, plainText } from '#bank/item';
import { editorWords } from '../words/items.ts';
import { useWords } from '../words/words.ts';
import type { EditProps } from './part-fields.tsx';
import { SchemeFields } from './scheme-fields.tsx';

/** The phrases of the text as it is typed, those to be marked ticked. */
export function HotTextFields(props: EditProps) {
  const t = useWords(editorWords);
  const { draft, onChange } = props;
  const phrases = phrasesOf(parseMarkup(draft.stem.text, draft.stem.images)).map(({ id, text }) => ({
    id,
    name: plainText(text),
  }));
  const tick = (id: string, isRight: boolean) => {
    const others = draft.correct.filter((one) => one !== id);
    onChange({ correct: isRight ? [...others, id].sort((a, b) => Number(a) - Number(b)) : others });
  };
  return (
    <>
      <fieldset className="plain-set">
        <legend>{t('phrases')}</legend>
        <p className="quiet">{t('phrasesHint')}</p>
        {phrases.map(({ id, name }) => (
          <Checkbox
            key={id}
            mb="xs"
            label={name}
            checked={draft.correct.includes(id)}
            onChange={(event) => tick(id, event.currentTarget.checked)}
          />
        ))}
      </fieldset>
      <SchemeFields {...props} options={phrases} />
    </>
  );
}
