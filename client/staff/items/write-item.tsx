import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { ItemDetail } from '#bank/item';
import type { BankView, ItemSummary } from '#bank/protocol';
import { api } from '../api/client.ts';
import { BankPage } from '../banks/bank-page.tsx';
import { useBank } from '../banks/bank-queries.ts';
import { Loading } from '../parts/loading.tsx';
import { useNotice } from '../parts/notice.tsx';
import { Problem } from '../parts/problem.tsx';
import { editorWords } from '../words/items.ts';
import { useWords } from '../words/words.ts';
import { newDraft, type ItemDraft } from './item-draft.ts';
import { toItemDraft } from './read-draft.ts';
import { toItemInput } from './sent-draft.ts';
import { ItemForm } from './item-form.tsx';
import { useItem } from './item-queries.ts';

/** Writes a new item. */
export function WriteItem({ params }: { params: Record<string, string> }) {
  const bank = useBank(params['bank'] ?? '');
  if (bank.isPending) return <Loading />;
  if (bank.error) return <Problem error={bank.error} onRetry={() => void bank.refetch()} />;
  return <Editor bank={bank.data} />;
}

/** Writes a new version of an item. */
export function EditItem({ params }: { params: Record<string, string> }) {
  const bank = useBank(params['bank'] ?? '');
  const item = useItem(params['bank'] ?? '', params['item'] ?? '');
  const error = bank.error ?? item.error;
  if (error) return <Problem error={error} onRetry={() => void item.refetch()} />;
  if (!bank.data || !item.data) return <Loading />;
  return <Editor bank={bank.data} detail={item.data} />;
}

function Editor({ bank, detail }: { bank: BankView; detail?: ItemDetail }) {
  const t = useWords(editorWords);
  const notice = useNotice();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const [start, setStart] = useState<{ draft: ItemDraft; count: number }>(() => ({
    draft: detail ? toItemDraft(detail) : newDraft('choice', { topic: bank.topics[0] ?? '', level: 'KNOW' }),
    count: 0,
  }));
  const save = useMutation({
    mutationFn: ({ draft }: { draft: ItemDraft; isLast: boolean }) => {
      const input = toItemInput(draft, detail?.item.version);
      const path = `/banks/${bank.id}/items`;
      return detail
        ? api.put<ItemSummary>(`${path}/${detail.item.id}`, input)
        : api.post<ItemSummary>(path, input);
    },
    onSuccess: ({ id, code }, { draft, isLast }) => {
      void queries.invalidateQueries({ queryKey: ['bank', bank.id] });
      notice(t('saved', { code }));
      if (isLast) navigate(`/banks/${bank.id}/items/${id}`);
      else setStart(({ count }) => ({ draft: newDraft(draft.kind, draft), count: count + 1 }));
    },
  });
  return (
    <BankPage bank={bank} title={detail ? t('edit', { code: detail.item.code }) : t('create')}>
      <ItemForm
        key={start.count}
        bank={bank}
        initial={start.draft}
        isNew={!detail}
        isSaving={save.isPending}
        error={save.error}
        onSave={(draft, isLast) => save.mutate({ draft, isLast })}
      />
    </BankPage>
  );
}
