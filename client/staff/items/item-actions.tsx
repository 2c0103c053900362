import { Button, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ItemDetail } from '#bank/item';
import type { BankView, ReviewReport } from '#bank/protocol';
import { api, ApiError } from '../api/client.ts';
import type { BankPart } from '../banks/bank-part.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { useNotice } from '../parts/notice.tsx';
import { Problem } from '../parts/problem.tsx';
import { itemWords } from '../words/items.ts';
import { useWords } from '../words/words.ts';

interface ItemActionsProps {
  bank: BankView;
  detail: ItemDetail;
  part: BankPart;
  /** Account of the reader. */
  me: string;
}

/** A list of one: what was refused is thrown as any other refusal. */
function refuseRefused({ refused: [first] }: ReviewReport): void {
  if (!first) return;
  throw new ApiError({ code: first.code, title: '', values: first.values });
}

/** What can be done with the newest version in its state, by who may do it. */
export function ItemActions({ bank, detail, part, me }: ItemActionsProps) {
  const t = useWords(itemWords);
  const { item, version } = detail;
  const base = `/banks/${bank.id}`;
  const one = { items: [{ item: item.id, version: item.version }] };
  const submit = useAct(bank.id, t('doneSubmit'), async () =>
    refuseRefused(await api.post<ReviewReport>(`${base}/submit`, one)),
  );
  const approve = useAct(bank.id, t('doneApprove'), async () =>
    refuseRefused(await api.post<ReviewReport>(`${base}/approve`, one)),
  );
  if (version.version !== item.version) return null;
  const isOwn = version.author === me;
  const mayApprove =
    part.reviews &&
    (version.status === 'inReview' || (bank.kind === 'personal' && version.status === 'draft')) &&
    (!isOwn || bank.kind === 'personal');
  const error = submit.error ?? approve.error;
  return (
    <>
      {part.writes && (
        <Button component="a" href={`#${base}/items/${item.id}/edit`} variant="default">
          {version.status === 'approved' ? t('editApproved') : t('edit')}
        </Button>
      )}
      {part.manages && version.status !== 'retired' && <Retire bank={bank} detail={detail} />}
      {part.reviews && version.status === 'inReview' && <GiveBack bank={bank} detail={detail} />}
      {part.writes && version.status === 'draft' && (
        <Button
          variant={mayApprove ? 'default' : 'filled'}
          loading={submit.isPending}
          onClick={() => submit.mutate()}
        >
          {t('submit')}
        </Button>
      )}
      {mayApprove && (
        <Button loading={approve.isPending} onClick={() => approve.mutate()}>
          {isOwn ? t('approveSelf') : t('approve')}
        </Button>
      )}
      {error && <Problem error={error} />}
    </>
  );
}

/** An act on an item that says so when it is done and reads the bank again. */
function useAct(bank: string, done: string, act: () => Promise<unknown>) {
  const queries = useQueryClient();
  const notice = useNotice();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      notice(done);
      await queries.invalidateQueries({ queryKey: ['bank', bank] });
    },
  });
}

function GiveBack({ bank, detail: { item } }: Pick<ItemActionsProps, 'bank' | 'detail'>) {
  const t = useWords(itemWords);
  const [comment, setComment] = useState('');
  const act = useAct(bank.id, t('doneReturn'), () =>
    api.post(`/banks/${bank.id}/items/${item.id}/return`, { version: item.version, comment }),
  );
  return (
    <AskFirst
      label={t('giveBack')}
      title={t('giveBackTitle')}
      confirm={t('giveBackGo')}
      isDisabled={comment.trim() === ''}
      act={act}
    >
      <Textarea
        label={t('comment')}
        required
        rows={5}
        maxLength={5000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
    </AskFirst>
  );
}

function Retire({ bank, detail: { item } }: Pick<ItemActionsProps, 'bank' | 'detail'>) {
  const t = useWords(itemWords);
  const act = useAct(bank.id, t('doneRetire'), () => api.post(`/banks/${bank.id}/items/${item.id}/retire`));
  return (
    <AskFirst label={t('retire')} title={t('retireTitle')} confirm={t('retireGo')} isDangerous act={act}>
      <Text>{t('retireWhat')}</Text>
    </AskFirst>
  );
}
