import { Button, Group, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { ExamView, LateAttempt, LateDecided, LateDecision, LateVerdict } from '#bank/protocol';
import { api } from '../api/client.ts';
import { newDecision } from '../api/decision.ts';
import { Callout } from '../parts/callout.tsx';
import { useNotice } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { useMay } from '../session/session.ts';
import { dateTime, number } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { heldNames, lateWords } from '../words/late.ts';
import { useWords } from '../words/words.ts';
import { useExamRefresh } from './exam-queries.ts';
import { useLate } from './late-queries.ts';
import './late.css';

const REASON_MIN = 3;
const REASON_MAX = 500;

/** What came late to an exam and waits for a decision; nothing at all where nothing waits. */
export function LateAnswers({ exam }: { exam: ExamView }) {
  const t = useWords(lateWords);
  const may = useMay();
  const { data } = useLate(exam);
  if (!data || data.attempts.length === 0) return null;
  const { attempts, waitsUntil, now } = data;
  const isOpen = exam.state === 'closed';
  const isWaiting = waitsUntil !== null && now < waitsUntil;
  const wait = isWaiting ? t('waits', { time: dateTime(waitsUntil) }) : t('over');
  return (
    <Section title={t('title')}>
      <Callout tone="care">{isOpen ? wait : t('graded')}</Callout>
      <ul className="late">
        {attempts.map((late) => (
          <LateOne
            key={`${late.attempt} ${late.upTo}`}
            exam={exam.id}
            late={late}
            mayDecide={isOpen && may('late.decide')}
          />
        ))}
      </ul>
    </Section>
  );
}

interface LateOneProps {
  exam: string;
  late: LateAttempt;
  mayDecide: boolean;
}

function LateOne({ exam, late, mayDecide }: LateOneProps) {
  const t = useWords(lateWords);
  const held = useWords(heldNames);
  const language = useLanguage();
  const heading = useId();
  const { count, slots, firstAt, lastAt, why, choosesBranch } = late;
  const places = [...slots.map((slot) => String(slot + 1)), ...(choosesBranch ? [t('branch')] : [])];
  const times = { from: dateTime(firstAt), to: dateTime(lastAt) };
  const facts = [
    t('count', { n: number(count, language), slots: places.join(', ') }),
    times.from === times.to ? t('at', { time: times.from }) : t('between', times),
    ...why.map((code) => held(code)),
  ];
  return (
    <li aria-labelledby={heading}>
      <h3 id={heading}>
        {late.number} · {late.name}
      </h3>
      <p className="quiet">{facts.join(' · ')}</p>
      {mayDecide && <Decide exam={exam} late={late} />}
    </li>
  );
}

/** Two buttons and the reason that both need. */
function Decide({ exam, late }: Omit<LateOneProps, 'mayDecide'>) {
  const t = useWords(lateWords);
  const notice = useNotice();
  const refresh = useExamRefresh(exam);
  const [decision] = useState(newDecision);
  const [reason, setReason] = useState('');
  const { name, upTo, mayCount } = late;
  const decide = useMutation({
    mutationFn: (verdict: LateVerdict) => {
      const body: LateDecision = { decision, verdict, reason: reason.trim(), upTo };
      return api.post<LateDecided>(`/exams/${exam}/late/${late.attempt}`, body);
    },
    onSuccess: ({ verdict }) => {
      notice(t(verdict === 'count' ? 'counted' : 'leftOut', { name }));
      refresh();
    },
  });
  const isReasonMissing = reason.replace(/\s/g, '').length < REASON_MIN;
  const verb = (verdict: LateVerdict, label: string, description: string) => (
    <Button
      variant="default"
      aria-label={description}
      disabled={isReasonMissing || decide.isPending || (verdict === 'count' && !mayCount)}
      onClick={() => decide.mutate(verdict)}
    >
      {label}
    </Button>
  );
  return (
    <div className="late-decide">
      <Textarea
        label={t('reason', { name })}
        description={t('reasonHint')}
        required
        rows={2}
        maxLength={REASON_MAX}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group gap="sm">
        {verb('count', t('countGo'), t('countOf', { name }))}
        {verb('leave-out', t('leaveOut'), t('leaveOutOf', { name }))}
      </Group>
      {!mayCount && <p className="quiet">{t('noOutage')}</p>}
      {decide.error && <Problem error={decide.error} onRetry={refresh} />}
    </div>
  );
}
