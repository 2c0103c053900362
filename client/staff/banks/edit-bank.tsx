import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { BankSettings, BankView } from '#bank/protocol';
import { api } from '../api/client.ts';
import { Loading } from '../parts/loading.tsx';
import { useNotice } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { bankFormWords } from '../words/banks.ts';
import { useWords } from '../words/words.ts';
import { BankForm } from './bank-form.tsx';
import { BankPage } from './bank-page.tsx';
import { useBank, useBankRefresh } from './bank-queries.ts';

export function EditBank({ params }: { params: Record<string, string> }) {
  const id = params['bank'] ?? '';
  const t = useWords(bankFormWords);
  const [, navigate] = useLocation();
  const notice = useNotice();
  const bank = useBank(id);
  const refresh = useBankRefresh(id);
  const save = useMutation({
    mutationFn: (settings: BankSettings) => api.put<BankView>(`/banks/${id}`, settings),
    onSuccess: () => {
      refresh();
      notice(t('saved'));
      navigate(`/banks/${id}`);
    },
  });
  if (bank.isPending) return <Loading />;
  if (bank.error) return <Problem error={bank.error} onRetry={() => void bank.refetch()} />;
  return (
    <BankPage bank={bank.data} title={t('edit')}>
      <Section title={t('edit')}>
        <BankForm
          initial={bank.data}
          submit={t('save')}
          isPending={save.isPending}
          error={save.error}
          onSubmit={(settings) => save.mutate(settings)}
        />
      </Section>
    </BankPage>
  );
}
