import { Anchor, Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { ItemDetail } from '#bank/item';
import type { BankView } from '#bank/protocol';
import { BankPage } from '../banks/bank-page.tsx';
import { bankPart } from '../banks/bank-part.ts';
import { useBank, useColleagues } from '../banks/bank-queries.ts';
import { Callout } from '../parts/callout.tsx';
import { Loading } from '../parts/loading.tsx';
import { Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { Tag } from '../parts/tag.tsx';
import { useMay, useMe } from '../session/session.ts';
import { bankWords } from '../words/banks.ts';
import { dateTime } from '../words/format.ts';
import { itemWords } from '../words/items.ts';
import { itemStatusNames, kindNames, levelNames } from '../words/names.ts';
import { useWords } from '../words/words.ts';
import { ItemActions } from './item-actions.tsx';
import { useItem } from './item-queries.ts';
import { ItemStatusTag } from './item-status-tag.tsx';
import { Preview } from './preview.tsx';

/** Most items have none, so the page does not wait for them. */
const AssemblyFacts = lazy(async () => ({
  default: (await import('./assembly-facts.tsx')).AssemblyFacts,
}));
/** All kinds with what they say of their keys come when a key is to be shown. */
const KeyList = lazy(async () => ({ default: (await import('./key-list.tsx')).KeyList }));

/** One item: what a candidate sees, the key apart, its versions, and what can be done with it now. */
export function ItemPage({ params }: { params: Record<string, string> }) {
  const [version, setVersion] = useState<number | undefined>(undefined);
  const bank = useBank(params['bank'] ?? '');
  const item = useItem(params['bank'] ?? '', params['item'] ?? '', version);
  const error = bank.error ?? item.error;
  if (error) return <Problem error={error} onRetry={() => void item.refetch()} />;
  if (!bank.data || !item.data) return <Loading />;
  return <ItemShown bank={bank.data} detail={item.data} onVersion={setVersion} />;
}

interface ItemShownProps {
  bank: BankView;
  detail: ItemDetail;
  onVersion(version: number): void;
}

function ItemShown({ bank, detail, onVersion }: ItemShownProps) {
  const t = useWords(itemWords);
  const banks = useWords(bankWords);
  const may = useMay();
  const me = useMe();
  const { item, version, content, comment } = detail;
  return (
    <BankPage
      bank={bank}
      title={t('title', { code: item.code })}
      lead={
        <>
          <ItemStatusTag status={version.status} /> {t('version', { n: version.version })}
          {item.officialUse === false && version.version === item.approvedVersion && (
            <>
              {' '}
              <Tag tone="care">{banks('practiceOnly')}</Tag>
            </>
          )}
        </>
      }
      actions={<ItemActions bank={bank} detail={detail} part={bankPart(bank, may)} me={me.data?.id ?? ''} />}
    >
      {comment !== undefined && (
        <Callout tone="care" title={t('returned')}>
          <p className="comment">{comment}</p>
        </Callout>
      )}
      <Section title={t('preview')}>
        <Preview bank={bank.id} content={content} />
      </Section>
      <Key key={`${item.id}.${version.version}`} detail={detail} />
      <Facts bank={bank} detail={detail} />
      {(detail.assembly ?? item.use) && (
        <Suspense fallback={<Loading />}>
          <AssemblyFacts data={detail.assembly ?? {}} use={item.use} />
        </Suspense>
      )}
      <Versions detail={detail} onVersion={onVersion} />
    </BankPage>
  );
}

/** Hidden until asked for, so that a reviewer can answer first. */
function Key({ detail }: { detail: ItemDetail }) {
  const t = useWords(itemWords);
  const [isShown, setShown] = useState(false);
  return (
    <Section title={t('key')}>
      {isShown ? (
        <Suspense fallback={<Loading />}>
          <KeyList item={detail} />
        </Suspense>
      ) : (
        <>
          <p className="quiet">{t('keyHint')}</p>
          <Button variant="default" mt="sm" onClick={() => setShown(true)}>
            {t('showKey')}
          </Button>
        </>
      )}
    </Section>
  );
}

function Facts({ bank, detail: { item } }: { bank: BankView; detail: ItemDetail }) {
  const t = useWords(itemWords);
  const words = useWords(bankWords);
  const kind = useWords(kindNames);
  const level = useWords(levelNames);
  return (
    <Section title={t('facts')}>
      <dl className="facts">
        <div>
          <dt>{words('topic')}</dt>
          <dd>{item.topic}</dd>
        </div>
        <div>
          <dt>{words('level')}</dt>
          <dd>{level(item.level)}</dd>
        </div>
        <div>
          <dt>{words('kind')}</dt>
          <dd>{kind(item.kind)}</dd>
        </div>
        {item.stimulus !== undefined && (
          <div>
            <dt>{t('stimulus')}</dt>
            <dd>
              <Stimulus bank={bank.id} item={item.stimulus} />
            </dd>
          </div>
        )}
      </dl>
    </Section>
  );
}

function Stimulus({ bank, item }: { bank: string; item: string }) {
  const t = useWords(itemWords);
  const found = useItem(bank, item);
  return (
    <Anchor href={`#/banks/${bank}/items/${item}`}>
      {found.data ? t('title', { code: found.data.item.code }) : t('stimulus')}
    </Anchor>
  );
}

function Versions({ detail, onVersion }: { detail: ItemDetail; onVersion(version: number): void }) {
  const t = useWords(itemWords);
  const status = useWords(itemStatusNames);
  const colleagues = useColleagues();
  const nameOf = (id: string) => colleagues.data?.find((one) => one.id === id)?.name ?? '–';
  return (
    <Section title={t('versions')}>
      <ul className="versions">
        {detail.versions.map((one) => (
          <li key={one.version}>
            <Button
              variant={one.version === detail.version.version ? 'light' : 'default'}
              size="xs"
              aria-pressed={one.version === detail.version.version}
              onClick={() => onVersion(one.version)}
            >
              {t('version', { n: one.version })}
            </Button>
            <span>
              {status(one.status)} · {t('author')}: {nameOf(one.author)}, {dateTime(one.createdAt)}
              {one.reviewer !== undefined && (
                <>
                  {' '}
                  · {t('reviewer')}: {nameOf(one.reviewer)}
                  {one.reviewedAt !== undefined && `, ${dateTime(one.reviewedAt)}`}
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
