import { useState } from 'react';
import type { CandidateResult, CandidateMe } from '#bank/protocol';
import { countStatuses, slotStatuses, unacknowledged, type ExamState, type Phase } from '../../core/index.ts';
import { saveFile } from '../device/save-file.ts';
import type { Entry } from '../entry.ts';
import { dateAndTime } from '../format.ts';
import { Heading } from '../parts/heading.tsx';
import { problemText } from '../problem.ts';
import { seatText, useExamUi } from '../exam-ui.ts';
import { Result } from './result.tsx';

interface ReceiptProps {
  me: CandidateMe;
  state: ExamState;
  entry: Entry;
}

const TITLES: Partial<Record<Phase, 'receiptTitle' | 'terminatedTitle'>> = {
  submitted: 'receiptTitle',
  terminated: 'terminatedTitle',
};

/** After the end: the receipt, what has still to be sent, and the result once it is released. */
export function Receipt({ me, state, entry }: ReceiptProps) {
  const { t } = useExamUi();
  const [result, setResult] = useState<CandidateResult | null>(null);
  const [note, setNote] = useState('');
  const counts = countStatuses(slotStatuses(state));
  const unsent = unacknowledged(state.outbox);
  const { receipt, proof } = state;
  const see = () =>
    void entry.loadResult().then(setResult, (error: unknown) => setNote(problemText(error, t('noServer'))));
  const onLeave = () => void entry.leave();
  const name = `niem-${me.number}`;
  if (result) return <Result me={me} result={result} onLeave={onLeave} />;
  return (
    <main className="card">
      <p className="brand">{me.title}</p>
      <Heading>{t(TITLES[state.phase] ?? 'closedTitle')}</Heading>
      <p>
        {me.name} · {seatText(me, t)}
      </p>
      {receipt && (
        <div className="start">
          <p>{t('receipt')}</p>
          <p className="big">{receipt.replace(/(.{4})(?=.)/g, '$1-')}</p>
          <p className="hint">{t('receiptHint')}</p>
          {proof && (
            <button type="button" onClick={() => saveFile(`${name}-${receipt}`, { receipt, ...proof })}>
              {t('saveReceipt')}
            </button>
          )}
        </div>
      )}
      {state.savedAt !== null && <p>{t('receiptAt', { time: dateAndTime(state.savedAt) })}</p>}
      {counts.questions > 0 && !state.section && (
        <p>{t('receiptCount', { n: counts.answered, count: counts.questions })}</p>
      )}
      {state.outbox.held > 0 && <p className="care">{t('held', { n: state.outbox.held })}</p>}
      {unsent.length > 0 && (
        <div className="alarm">
          <p>{t('unsentAfter', { n: unsent.length })}</p>
          <button type="button" onClick={() => saveFile(name, { attempt: me.attempt, unsent })}>
            {t('exportFile')}
          </button>
        </div>
      )}
      <p>{t('mayLeave')}</p>
      <output className="hint">{note}</output>
      <div className="actions">
        <button type="button" onClick={onLeave}>
          {t('leave')}
        </button>
        <button type="button" className="primary" onClick={see}>
          {t('seeResult')}
        </button>
      </div>
    </main>
  );
}
