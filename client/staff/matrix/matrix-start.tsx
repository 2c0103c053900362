import { Select, UnstyledButton } from '@mantine/core';
import { EXAM_FORMATS, examFormat, type ExamFormat } from '#bank/blueprint';
import { Section } from '../parts/page.tsx';
import { useLanguage } from '../words/language.ts';
import { matrixWords } from '../words/matrix.ts';
import { useWords } from '../words/words.ts';
import { newPart, TEN_POINTS, USUAL_POINTS, type DraftPart, type MatrixDraft } from './matrix-draft.ts';
import { startFormat } from './start-format.ts';

interface MatrixStartProps {
  topics: readonly string[];
  onStart(draft: MatrixDraft): void;
}

/** What stands where there is no matrix yet: an official format, or a simple beginning. */
export function MatrixStart({ topics, onStart }: MatrixStartProps) {
  const t = useWords(matrixWords);
  const language = useLanguage();
  const mathematics = examFormat('thpt-2025-toan');
  const start = (parts: DraftPart[]) => onStart({ parts, head: {}, total: TEN_POINTS });
  const choices = [
    {
      key: 'start2025',
      parts: () => (mathematics ? [...startFormat(mathematics, topics, language).parts] : []),
    },
    { key: 'startOne', parts: () => [newPart('p0', t('partOf', { roman: 'I' }), ['choice'], topics)] },
    {
      key: 'startList',
      parts: () => [
        {
          ...newPart('p0', t('partOf', { roman: 'I' }), [], topics),
          lists: [{ key: 'l0', count: 10, points: USUAL_POINTS.choice * 4, items: [] }],
        },
      ],
    },
  ] as const;
  const formatsFor = (use: ExamFormat['use']) =>
    EXAM_FORMATS.filter((format) => format.use === use).map(({ id, name }) => ({
      value: id,
      label: name[language],
    }));
  return (
    <Section title={t('startTitle')}>
      <Select
        className="format-choice"
        label={t('startFormat')}
        description={t('startFormatHint')}
        placeholder={t('chooseFormat')}
        searchable
        data={[
          { group: t('formatsSchool'), items: formatsFor('school') },
          { group: t('formatsGraduation'), items: formatsFor('graduation') },
        ]}
        value={null}
        onChange={(id) => {
          const format = id === null ? null : examFormat(id);
          if (format) onStart(startFormat(format, topics, language));
        }}
      />
      <div className="starts">
        {choices.map(({ key, parts }) => (
          <UnstyledButton key={key} className="start-card" onClick={() => start(parts())}>
            <strong>{t(key)}</strong>
            <span className="quiet">{t(`${key}Hint`)}</span>
          </UnstyledButton>
        ))}
      </div>
    </Section>
  );
}
