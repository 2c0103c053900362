import { Button, Chip, Group, TextInput } from '@mantine/core';
import type { BlueprintReport, ExamView, ItemKindName, StrataReport } from '#bank/protocol';
import { PointsField } from '../parts/number-fields.tsx';
import { Section } from '../parts/page.tsx';
import { matrixWords } from '../words/matrix.ts';
import { kindNames } from '../words/names.ts';
import { useWords } from '../words/words.ts';
import { QUESTION_KINDS, roman, type DraftPart, type MatrixDraft } from './matrix-draft.ts';
import { editPart, setKindPoints, setKinds } from './matrix-edits.ts';
import { PartGoal } from './matrix-format.tsx';
import { MatrixGrid } from './matrix-grid.tsx';
import { MatrixLists } from './matrix-lists.tsx';
import { MatrixPassages } from './matrix-passages.tsx';
import type { MatrixTotals } from './matrix-totals.ts';

interface MatrixPartProps {
  exam: ExamView;
  draft: MatrixDraft;
  index: number;
  totals: MatrixTotals;
  strata: StrataReport;
  report: BlueprintReport | undefined;
  isEditable: boolean;
  onChange(draft: MatrixDraft): void;
}

/** One part of the paper: its title, its kinds, its grid, passages, and lists to draw from. */
export function MatrixPart(props: MatrixPartProps) {
  const t = useWords(matrixWords);
  const { draft, index, totals, isEditable, onChange } = props;
  const part = draft.parts[index];
  if (!part) return null;
  const change = (edit: (part: DraftPart) => DraftPart) => onChange(editPart(draft, part.key, edit));
  return (
    <Section
      title={t('partOf', { roman: roman(index + 1) })}
      actions={isEditable && <PartActions draft={draft} index={index} onChange={onChange} />}
    >
      <PartGoal draft={draft} index={index} />
      <div className="part-head">
        <TextInput
          label={t('partTitle')}
          maxLength={200}
          readOnly={!isEditable}
          value={part.title}
          onChange={(event) => {
            const title = event.currentTarget.value;
            change((one) => ({ ...one, title }));
          }}
        />
        {isEditable && <KindChips part={part} onChange={change} />}
        <KindPoints part={part} isEditable={isEditable} onChange={change} />
      </div>
      {part.kinds.length > 0 && (
        <MatrixGrid {...props} part={part} partTotals={totals.parts[index]} onPart={change} />
      )}
      <MatrixPassages {...props} part={part} onPart={change} />
      <MatrixLists {...props} part={part} onPart={change} />
    </Section>
  );
}

interface PartProps {
  part: DraftPart;
  onChange(edit: (part: DraftPart) => DraftPart): void;
}

function KindChips({ part, onChange }: PartProps) {
  const t = useWords(matrixWords);
  const kind = useWords(kindNames);
  return (
    <fieldset className="bare-set">
      <legend className="field-label">{t('partKinds')}</legend>
      <Chip.Group
        multiple
        value={part.kinds.map((one) => one.kind)}
        onChange={(kinds) => onChange((one) => setKinds(one, kinds as ItemKindName[]))}
      >
        <Group gap="xs">
          {QUESTION_KINDS.map((name) => (
            <Chip key={name} value={name} variant="outline">
              {kind(name)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </fieldset>
  );
}

function KindPoints({ part, isEditable, onChange }: PartProps & { isEditable: boolean }) {
  const t = useWords(matrixWords);
  const kindName = useWords(kindNames);
  return (
    <div className="kind-points">
      {part.kinds.map(({ kind, points }) => (
        <div key={kind}>
          <p className="field-label">{t('kindPoints', { kind: kindName(kind) })}</p>
          <PointsField
            label={t('kindPoints', { kind: kindName(kind) })}
            hint={t('notMark')}
            value={points}
            isDisabled={!isEditable}
            onChange={(value) => onChange((one) => setKindPoints(one, kind, value))}
          />
        </div>
      ))}
    </div>
  );
}

function PartActions({ draft, index, onChange }: Pick<MatrixPartProps, 'draft' | 'index' | 'onChange'>) {
  const t = useWords(matrixWords);
  const { parts } = draft;
  const raise = () => {
    const moved = [...parts];
    const [part] = moved.splice(index, 1);
    if (part) moved.splice(index - 1, 0, part);
    onChange({ ...draft, parts: moved });
  };
  return (
    <Group gap="xs">
      {index > 0 && (
        <Button size="xs" variant="default" onClick={raise}>
          {t('partUp')}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        onClick={() => onChange({ ...draft, parts: parts.filter((_, place) => place !== index) })}
      >
        {t('removePart')}
      </Button>
    </Group>
  );
}
