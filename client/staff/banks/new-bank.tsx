import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { BankView, NewBank } from '#bank/protocol';
import { api } from '../api/client.ts';
import { Page, Section } from '../parts/page.tsx';
import { bankFormWords, bankWords } from '../words/banks.ts';
import { useWords } from '../words/words.ts';
import { BankForm } from './bank-form.tsx';

export function NewBankPage() {
  const t = useWords(bankFormWords);
  const banks = useWords(bankWords);
  const [, navigate] = useLocation();
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: (bank: NewBank) => api.post<BankView>('/banks', bank),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['banks'] });
      navigate(`/banks/${id}`);
    },
  });
  return (
    <Page title={t('create')} crumbs={[{ title: banks('title'), to: '/banks' }]}>
      <Section title={t('edit')}>
        <BankForm
          initial={{ name: '', topics: [] }}
          asksKind
          submit={t('submit')}
          isPending={create.isPending}
          error={create.error}
          onSubmit={(settings, kind) => create.mutate({ ...settings, kind })}
        />
      </Section>
    </Page>
  );
}
