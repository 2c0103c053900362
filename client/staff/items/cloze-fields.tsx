import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { gapIds, parseMarkup } from '#bank/item';
import { LIMITS } from '#bank/protocol';
import { editorWords } from '../words/items.ts';
import { useWords } from '../words/words.ts';
import { freshId } from './item-draft.ts';
import { FoldFields } from './fold-fields.tsx';
import type { EditProps } from './part-fields.tsx';

/** The gaps of the text as it is typed. */
export function gapsOf({ draft }: Pick<EditProps, 'draft'>): string[] {
  return gapIds(parseMarkup(draft.stem.text, draft.stem.images));
}

/** Puts a gap with a free name behind the text; `names` are tried in turn. */
export function AddGap({ draft, onChange, names }: EditProps & { names: 'letters' | 'numbers' }) {
  const t = useWords(editorWords);
  const gaps = gapsOf({ draft });
  if (gaps.length >= LIMITS.optionsPerItem) return null;
  const free = names === 'letters' ? freshId(gaps.map((id) => ({ id }))) : freeNumber(gaps);
  const add = () => onChange({ stem: { ...draft.stem, text: `${draft.stem.text} [[${free}]]` } });
  return (
    <Button variant="default" size="xs" onClick={add}>
      {t('addGap')}
    </Button>
  );
}

function freeNumber(gaps: readonly string[]): string {
  const numbers = Array.from({ length: gaps.length + 1 }, (_, i) => String(i + 1));
  return numbers.find((number) => !gaps.includes(number)) ?? '';
}

/** Shares of the gaps, and what a wrong one costs. */
export function GapWorthField({ draft, onChange }: EditProps) {
  const t = useWords(editorWords);
  return (
    <TextInput
      label={t('gapWeights')}
      description={t('gapWeightsHint')}
      maxLength={300}
      value={draft.gapWorth}
      onChange={(event) => onChange({ gapWorth: event.currentTarget.value })}
    />
  );
}

/** What may be filled in, gap by gap, and how it counts. */
export function ClozeFields(props: EditProps) {
  const t = useWords(editorWords);
  const { draft, onChange } = props;
  return (
    <>
      <fieldset className="plain-set">
        <legend>{t('gaps')}</legend>
        <p className="quiet">{t('gapsHint')}</p>
        {[...new Set(gapsOf(props))].map((gap) => (
          <Textarea
            key={gap}
            label={t('gapOf', { gap })}
            description={t('gapHint')}
            required
            rows={3}
            value={draft.gaps[gap] ?? ''}
            onChange={(event) => onChange({ gaps: { ...draft.gaps, [gap]: event.currentTarget.value } })}
          />
        ))}
        <AddGap {...props} names="letters" />
      </fieldset>
      <GapWorthField {...props} />
      <Checkbox
        label={t('distinct')}
        checked={draft.distinct}
        onChange={(event) => onChange({ distinct: event.currentTarget.checked })}
      />
      <FoldFields {...props} />
    </>
  );
}
