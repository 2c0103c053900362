import type { ItemSummary, ReviewReport } from '#bank/protocol';
import { Callout } from '../parts/callout.tsx';
import { Sentence } from '../parts/sentence.tsx';
import { bankWords } from '../words/banks.ts';
import { useWords } from '../words/words.ts';

interface BulkReportProps {
  report: ReviewReport | undefined;
  /** To name by their codes what was refused. */
  items: readonly ItemSummary[];
}

/** What could not be done with some of many items, and why; nothing when all went well. */
export function BulkReport({ report, items }: BulkReportProps) {
  const t = useWords(bankWords);
  if (!report || report.refused.length === 0) return null;
  return (
    <Callout tone="care" isUrgent title={t('notDone', { n: report.refused.length })}>
      <ul className="plain-list">
        {report.refused.map(({ item, code, values }) => (
          <li key={item}>
            <strong>{items.find(({ id }) => id === item)?.code}</strong>:{' '}
            <Sentence code={code} values={values} />
          </li>
        ))}
      </ul>
    </Callout>
  );
}
