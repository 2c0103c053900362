import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { worthOf } from '#bank/item';
import { formatMark, parseMark, type EssayMarked, type EssayMarking, type EssayToMark } from '#bank/protocol';
import { api } from '../api/client.ts';
import { useNotice } from '../parts/notice.tsx';
import { Problem } from '../parts/problem.tsx';
import { essayWords } from '../words/essays.ts';
import { useLanguage } from '../words/language.ts';
import { useWords } from '../words/words.ts';
import { useEssayRefresh } from './essay-queries.ts';

const COMMENT_MAX = 2000;

interface MarkingFormProps {
  exam: string;
  essay: EssayToMark;
  place: number;
  isOpen: boolean;
  onSaved(): void;
}

/** Points for each criterion beside its levels, and a comment. */
export function MarkingForm({ exam, essay, place, isOpen, onSaved }: MarkingFormProps) {
  const t = useWords(essayWords);
  const language = useLanguage();
  const notice = useNotice();
  const refresh = useEssayRefresh(exam);
  const mark = (points: number) => formatMark(points, language);
  const [typed, setTyped] = useState<Record<string, string>>(() =>
    Object.fromEntries(Object.entries(essay.points ?? {}).map(([id, points]) => [id, mark(points)])),
  );
  const [comment, setComment] = useState(essay.comment ?? '');
  const given = essay.criteria.map((criterion) => {
    const points = parseMark(typed[criterion.id] ?? '');
    const max = worthOf(criterion);
    return { ...criterion, max, points, isRight: points !== null && points <= max };
  });
  const save = useMutation({
    mutationFn: () => {
      const points = Object.fromEntries(given.map((one) => [one.id, one.points ?? 0]));
      const said = comment.trim();
      const body: EssayMarking = { version: essay.version, points, ...(said !== '' && { comment: said }) };
      return api.post<EssayMarked>(`/exams/${exam}/essays/${essay.essay}`, body);
    },
    onSuccess: async () => {
      notice(t('saved', { n: place }));
      onSaved();
      await refresh();
    },
  });
  return (
    <form
      className="marking"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {given.map(({ id, title, note, levels, max, isRight }) => (
        <div key={id} className="criterion">
          <TextInput
            label={t('pointsOf', { title, max: mark(max) })}
            inputMode="decimal"
            required
            maxLength={10}
            disabled={!isOpen}
            value={typed[id] ?? ''}
            error={!isRight && typed[id] ? t('pointsWrong', { max: mark(max) }) : null}
            onChange={(event) => setTyped({ ...typed, [id]: event.currentTarget.value })}
          />
          <ul className="quiet">
            {levels.map(({ points, text }) => (
              <li key={points}>
                <b>{mark(points)}</b> {text}
              </li>
            ))}
          </ul>
          {note && <p className="quiet">{note}</p>}
        </div>
      ))}
      <Textarea
        label={t('comment')}
        rows={3}
        maxLength={COMMENT_MAX}
        disabled={!isOpen}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      {isOpen ? (
        <Button type="submit" disabled={save.isPending || given.some(({ isRight }) => !isRight)}>
          {t('save')}
        </Button>
      ) : (
        <p className="quiet">{t('graded')}</p>
      )}
      {save.error && <Problem error={save.error} onRetry={() => void refresh()} />}
    </form>
  );
}
