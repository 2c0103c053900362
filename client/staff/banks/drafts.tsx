import { Button } from '@mantine/core';
import { useState } from 'react';
import type { BankView, ItemSummary } from '#bank/protocol';
import { useBulk } from '../items/bulk.ts';
import { BulkReport } from '../items/bulk-report.tsx';
import { useAllItems } from '../items/item-queries.ts';
import { useNotice } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { bankWords } from '../words/banks.ts';
import { number } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { useWords } from '../words/words.ts';
import type { BankPart } from './bank-part.ts';

/** The drafts of a bank, to be sent on together; nothing is shown where there are none. */
export function Drafts({ bank, part }: { bank: BankView; part: BankPart }) {
  const t = useWords(bankWords);
  const language = useLanguage();
  const notice = useNotice();
  const drafts = useAllItems(bank.id, { status: 'draft' }, false);
  /** Kept so that what was refused can be named when it is no draft any more. */
  const [known, setKnown] = useState<readonly ItemSummary[]>([]);
  const submit = useBulk(bank.id, 'submit');
  const approve = useBulk(bank.id, 'approve');
  const items = drafts.data ?? [];
  const mayApprove = bank.kind === 'personal' && part.reviews;
  const run = (act: typeof submit, word: 'submitted' | 'approved') => {
    setKnown(items);
    act.mutate(items, {
      onSuccess: ({ done }) => done > 0 && notice(t(word, { n: number(done, language) })),
    });
  };
  return (
    <>
      <BulkReport report={submit.data ?? approve.data} items={known} />
      {items.length > 0 && (
        <Section
          title={`${t('drafts')}: ${number(items.length, language)}`}
          actions={
            <div className="page-actions">
              <Button
                variant={mayApprove ? 'default' : 'filled'}
                loading={submit.isPending}
                onClick={() => run(submit, 'submitted')}
              >
                {t('submit')}
              </Button>
              {mayApprove && (
                <Button loading={approve.isPending} onClick={() => run(approve, 'approved')}>
                  {t('approve')}
                </Button>
              )}
            </div>
          }
        >
          <p className="quiet">{mayApprove ? t('draftsPersonalHint') : t('draftsHint')}</p>
        </Section>
      )}
    </>
  );
}
