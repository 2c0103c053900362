import type { BankView } from '#bank/protocol';
import { Page, type PageProps } from '../parts/page.tsx';
import { bankWords } from '../words/banks.ts';
import { useWords } from '../words/words.ts';

/** A page that lies below a bank. */
export function BankPage({ bank, ...page }: { bank: BankView } & Omit<PageProps, 'crumbs'>) {
  const t = useWords(bankWords);
  const crumbs = [
    { title: t('title'), to: '/banks' },
    { title: bank.name, to: `/banks/${bank.id}` },
  ];
  return <Page crumbs={crumbs} {...page} />;
}
