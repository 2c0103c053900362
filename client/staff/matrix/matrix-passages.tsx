import { Button } from '@mantine/core';
import { LEVELS, type BlueprintReport } from '#bank/protocol';
import { CountField, PointsField } from '../parts/number-fields.tsx';
import { matrixWords } from '../words/matrix.ts';
import { kindNames, levelNames } from '../words/names.ts';
import { useWords } from '../words/words.ts';
import {
  placedDrafts,
  QUESTION_KINDS,
  USUAL_POINTS,
  type DraftPart,
  type DraftPassages,
  type MatrixDraft,
} from './matrix-draft.ts';
import { freshKey, setLevelCount, setPassages } from './matrix-edits.ts';

interface MatrixPassagesProps {
  draft: MatrixDraft;
  part: DraftPart;
  report: BlueprintReport | undefined;
  isEditable: boolean;
  onPart(edit: (part: DraftPart) => DraftPart): void;
}

/** Whole passages: so many descriptions, each with so many questions of every level. */
export function MatrixPassages(props: MatrixPassagesProps) {
  const { draft, part, isEditable, onPart } = props;
  const t = useWords(matrixWords);
  if (part.passages.length === 0 && !isEditable) return null;
  const add = () => {
    const kind = part.kinds[0]?.kind ?? 'choice';
    const added: DraftPassages = {
      key: freshKey(draft),
      passages: 1,
      points: part.kinds[0]?.points ?? USUAL_POINTS[kind],
      topic: part.rows[0]?.topic ?? '',
      kind,
      levels: ['KNOW', 'UNDERSTAND', 'UNDERSTAND', 'APPLY'],
    };
    onPart((one) => ({ ...one, passages: [...one.passages, added] }));
  };
  return (
    <div className="lists">
      {part.passages.map((passages) => (
        <PassagesRow key={passages.key} {...props} passages={passages} />
      ))}
      {isEditable && part.rows.length > 0 && (
        <Button variant="subtle" size="sm" onClick={add}>
          {t('addPassages')}
        </Button>
      )}
    </div>
  );
}

function PassagesRow(props: MatrixPassagesProps & { passages: DraftPassages }) {
  const { draft, report, isEditable, onPart, passages: one } = props;
  const t = useWords(matrixWords);
  const kindName = useWords(kindNames);
  const change = (edit: Partial<DraftPassages>) => onPart((part) => setPassages(part, one.key, edit));
  const placed = placedDrafts(draft).find(({ place }) => place === one.key);
  const judged = report?.cells.find(({ cell }) => cell === placed?.cell.id);
  const each = one.levels.length;
  const isJudged = judged?.perPassage === each && judged.need === one.passages * each;
  const got = isJudged ? Math.min(judged.have - judged.blocked.enemies, judged.need - judged.missing) : 0;
  const isShort = isJudged && got < judged.need;
  return (
    <div className="list-row" data-short={isShort || undefined}>
      <p>
        {placed && <span className="cell-id">{placed.cell.id}</span>}{' '}
        {t('passagesRow', { count: one.passages, each, sum: one.passages * each })}
        {isShort && <> · {t('passagesHave', { need: one.passages, have: got / each })}</>}
      </p>
      <div className="passage-fields">
        <div>
          <p className="field-label">{t('passagesCount')}</p>
          <CountField
            label={t('passagesCount')}
            value={one.passages}
            isDisabled={!isEditable}
            isWrong={isShort}
            onChange={(passages) => change({ passages })}
          />
        </div>
        <ChoiceField
          label={t('passagesTopic')}
          value={one.topic}
          values={[...new Set([one.topic, ...props.part.rows.map(({ topic }) => topic)])]}
          isDisabled={!isEditable}
          onChange={(topic) => change({ topic })}
        />
        <ChoiceField
          label={t('passagesKind')}
          value={one.kind}
          values={QUESTION_KINDS}
          name={kindName}
          isDisabled={!isEditable}
          onChange={(kind) => change({ kind })}
        />
        <LevelFields {...props} onChange={(levels) => change({ levels })} />
        <div>
          <p className="field-label">{t('passagesPoints')}</p>
          <PointsField
            label={t('passagesPoints')}
            hint={t('notMark')}
            value={one.points}
            isDisabled={!isEditable}
            onChange={(points) => change({ points })}
          />
        </div>
        {isEditable && (
          <Button
            variant="default"
            onClick={() =>
              onPart((part) => ({ ...part, passages: part.passages.filter(({ key }) => key !== one.key) }))
            }
          >
            {t('removePassages')}
          </Button>
        )}
      </div>
    </div>
  );
}

interface LevelFieldsProps {
  passages: DraftPassages;
  isEditable: boolean;
  onChange(levels: DraftPassages['levels']): void;
}

function LevelFields({ passages, isEditable, onChange }: LevelFieldsProps) {
  const t = useWords(matrixWords);
  const levelName = useWords(levelNames);
  return (
    <fieldset className="bare-set">
      <legend className="field-label">{t('passagesLevels')}</legend>
      <div className="level-counts">
        {LEVELS.map((level) => (
          <span key={level}>
            <span aria-hidden="true">{levelName(level)}</span>
            <CountField
              label={levelName(level)}
              value={passages.levels.filter((one) => one === level).length}
              isDisabled={!isEditable}
              onChange={(count) => onChange(setLevelCount(passages, level, count))}
            />
          </span>
        ))}
      </div>
    </fieldset>
  );
}

interface ChoiceFieldProps<T extends string> {
  label: string;
  value: T;
  values: readonly T[];
  name?: (value: T) => string;
  isDisabled: boolean;
  onChange(value: T): void;
}

function ChoiceField<T extends string>(props: ChoiceFieldProps<T>) {
  const { label, value, values, name = String, isDisabled, onChange } = props;
  return (
    <div>
      <p className="field-label">{label}</p>
      <select
        className="small-choice"
        aria-label={label}
        disabled={isDisabled}
        value={value}
        onChange={(event) => {
          const chosen = values.find((one) => one === event.currentTarget.value);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {values.map((one) => (
          <option key={one} value={one}>
            {name(one)}
          </option>
        ))}
      </select>
    </div>
  );
}
