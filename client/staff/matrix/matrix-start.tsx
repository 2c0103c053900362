import { UnstyledButton } from '@mantine/core';
import { Section } from '../parts/page.tsx';
import { matrixWords } from '../words/matrix.ts';
import { useWords } from '../words/words.ts';
import { newPart, TEN_POINTS, USUAL_POINTS, type DraftPart, type MatrixDraft } from './matrix-draft.ts';

interface MatrixStartProps {
  topics: readonly string[];
  onStart(draft: MatrixDraft): void;
}

/** What stands where there is no matrix yet: three ways to begin. */
export function MatrixStart({ topics, onStart }: MatrixStartProps) {
  const t = useWords(matrixWords);
  const start = (parts: DraftPart[]) => onStart({ parts, total: TEN_POINTS });
  const choices = [
    {
      key: 'start2025',
      parts: () => [
        newPart('p0', t('part1'), ['choice'], topics),
        newPart('p1', t('part2'), ['tfCluster'], topics),
        newPart('p2', t('part3'), ['numeric'], topics),
      ],
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
  return (
    <Section title={t('startTitle')}>
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
