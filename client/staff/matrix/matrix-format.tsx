import { Button, Group } from '@mantine/core';
import { examFormat, partPoints } from '#bank/blueprint';
import { formatMark } from '#bank/marks';
import type { ExamView } from '#bank/protocol';
import { Callout } from '../parts/callout.tsx';
import { useLanguage } from '../words/language.ts';
import { matrixWords } from '../words/matrix.ts';
import { useWords } from '../words/words.ts';
import type { MatrixDraft } from './matrix-draft.ts';

const SECONDS_A_MINUTE = 60;

interface FormatNoteProps {
  exam: ExamView;
  draft: MatrixDraft;
  isEditable: boolean;
  onChange(draft: MatrixDraft): void;
}

/** Which format the matrix follows, where it comes from, and whether the exam has its time. */
export function FormatNote({ exam, draft, isEditable, onChange }: FormatNoteProps) {
  const t = useWords(matrixWords);
  const language = useLanguage();
  const format = examFormat(draft.head.format ?? '');
  if (!format) return null;
  const minutes = exam.durationSeconds / SECONDS_A_MINUTE;
  const drop = () => {
    const { format: _dropped, ...head } = draft.head;
    onChange({ ...draft, head });
  };
  return (
    <Callout tone={minutes === format.minutes ? 'accent' : 'care'}>
      <Group justify="space-between">
        <div>
          <strong>{t('formatOf', { name: format.name[language] })}</strong>{' '}
          {t('formatSource', { source: format.source, minutes: format.minutes })}
          {minutes !== format.minutes && <p>{t('otherMinutes', { minutes: Math.round(minutes) })}</p>}
          {format.branches && <p>{t('branchesNote')}</p>}
        </div>
        {isEditable && (
          <Button size="xs" variant="default" onClick={drop}>
            {t('dropFormat')}
          </Button>
        )}
      </Group>
    </Callout>
  );
}

/** What the format asks of one part. */
export function PartGoal({ draft, index }: { draft: MatrixDraft; index: number }) {
  const t = useWords(matrixWords);
  const language = useLanguage();
  const part = examFormat(draft.head.format ?? '')?.parts[index];
  if (!part) return null;
  const branch = draft.head.branches?.find(({ id }) => id === draft.parts[index]?.branch);
  const points = (value: number) => formatMark(value, language);
  const goal =
    part.fixes === 'points'
      ? t('goalPoints', { points: points(partPoints(part)) })
      : part.questions
          .map(({ count, points: each }) => t('goalQuestions', { count, points: points(each) }))
          .join(', ');
  return (
    <p className="quiet">
      {goal}
      {branch && <> · {t('onlyBranch', { branch: branch.title })}</>}
    </p>
  );
}
