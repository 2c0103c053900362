import { Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { LEVEL_SCALES, scaleOf } from '#bank/blueprint';
import { LEVELS, type Level, type MatrixRow } from '#bank/protocol';
import { CountField } from '../parts/number-fields.tsx';
import { Section } from '../parts/page.tsx';
import { useLanguage } from '../words/language.ts';
import { matrixWords } from '../words/matrix.ts';
import { levelNames } from '../words/names.ts';
import { useWords } from '../words/words.ts';
import { placedDrafts, type MatrixDraft } from './matrix-draft.ts';
import { outcomesText, readOutcomes } from './outcome-text.ts';

interface MatrixRowsProps {
  draft: MatrixDraft;
  onChange(draft: MatrixDraft): void;
}

/** What the printed matrix says beside the counts: chapter, unit, periods and outcomes of each topic, and the scale. */
export function MatrixRows({ draft, onChange }: MatrixRowsProps) {
  const t = useWords(matrixWords);
  const placed = placedDrafts(draft);
  const asked = new Set(placed.flatMap(({ cell }) => ('topic' in cell ? [cell.topic] : [])));
  const topics = [...new Set(draft.parts.flatMap(({ rows }) => rows.map(({ topic }) => topic)))];
  const rows = draft.head.rows ?? [];
  const change = (row: MatrixRow) => {
    const isKnown = rows.some(({ topic }) => topic === row.topic);
    const changed = isKnown ? rows.map((one) => (one.topic === row.topic ? row : one)) : [...rows, row];
    onChange({ ...draft, head: { ...draft.head, rows: changed } });
  };
  return (
    <Section title={t('rowsTitle')}>
      <p className="quiet">{t('rowsHint')}</p>
      <ScaleField draft={draft} onChange={onChange} />
      {topics
        .filter((topic) => asked.has(topic))
        .map((topic) => (
          <RowFields
            key={topic}
            row={rows.find((row) => row.topic === topic) ?? { topic }}
            onChange={change}
          />
        ))}
    </Section>
  );
}

function ScaleField({ draft, onChange }: MatrixRowsProps) {
  const t = useWords(matrixWords);
  const language = useLanguage();
  const [usual] = LEVEL_SCALES;
  const shape = (columns: ReturnType<typeof scaleOf>) => JSON.stringify(columns.map(({ levels }) => levels));
  const current = LEVEL_SCALES.find(
    ({ columns }) => shape(columns[language]) === shape(scaleOf(draft.head, language)),
  );
  const choose = (id: string | null) => {
    const { scale: _before, ...head } = draft.head;
    const chosen = LEVEL_SCALES.find((scale) => scale.id === id);
    const scale = chosen && chosen !== usual ? { scale: [...chosen.columns[language]] } : {};
    onChange({ ...draft, head: { ...head, ...scale } });
  };
  return (
    <Select
      className="scale-choice"
      label={t('scale')}
      allowDeselect={false}
      placeholder={t('ownScale')}
      data={LEVEL_SCALES.map(({ id, columns, source }) => ({
        value: id,
        label: `${columns[language].map(({ name }) => name).join(' – ')} (${source})`,
      }))}
      value={current?.id ?? null}
      onChange={choose}
    />
  );
}

function RowFields({ row, onChange }: { row: MatrixRow; onChange(row: MatrixRow): void }) {
  const t = useWords(matrixWords);
  const { topic, chapter = '', unit = '', periods = 0, outcomes = [] } = row;
  const setText = (name: 'chapter' | 'unit', value: string) => {
    const { [name]: _before, ...rest } = row;
    onChange(value.trim() === '' ? rest : { ...rest, [name]: value });
  };
  const setPeriods = (value: number) => {
    const { periods: _before, ...rest } = row;
    onChange(value === 0 ? rest : { ...rest, periods: value });
  };
  const setOutcomes = (level: Level, typed: string) => {
    const { outcomes: _before, ...rest } = row;
    const others = outcomes.filter((outcome) => outcome.level !== level);
    const all = [...others, ...readOutcomes(typed, level)];
    onChange(all.length === 0 ? rest : { ...rest, outcomes: all });
  };
  return (
    <details className="row-facts">
      <summary>
        <strong>{topic}</strong>{' '}
        <span className="quiet">
          {periods > 0 ? t('periodsOf', { n: periods }) : t('noPeriods')}
          {unit !== '' && ` · ${unit}`}
        </span>
      </summary>
      <div className="row-fields">
        <TextInput
          label={t('chapter')}
          placeholder={topic}
          maxLength={500}
          value={chapter}
          onChange={(event) => setText('chapter', event.currentTarget.value)}
        />
        <TextInput
          label={t('unit')}
          maxLength={500}
          value={unit}
          onChange={(event) => setText('unit', event.currentTarget.value)}
        />
        <div>
          <p className="field-label">{t('periods')}</p>
          <CountField label={t('periodsFor', { topic })} value={periods} onChange={setPeriods} />
        </div>
        {LEVELS.map((level) => (
          <OutcomeField
            key={level}
            level={level}
            initial={outcomesText(outcomes, level)}
            onChange={(typed) => setOutcomes(level, typed)}
          />
        ))}
      </div>
    </details>
  );
}

interface OutcomeFieldProps {
  level: Level;
  initial: string;
  onChange(typed: string): void;
}

/** Keeps what is typed as it is, while the matrix keeps what it means. */
function OutcomeField({ level, initial, onChange }: OutcomeFieldProps) {
  const t = useWords(matrixWords);
  const levelName = useWords(levelNames);
  const [typed, setTyped] = useState(initial);
  return (
    <Textarea
      label={t('outcomes', { level: levelName(level) })}
      description={level === 'KNOW' ? t('outcomesHint') : undefined}
      rows={2}
      maxLength={4_000}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(event.currentTarget.value);
      }}
    />
  );
}
