import { Anchor } from '@mantine/core';
import type { ItemSummary } from '#bank/protocol';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { Tag } from '../parts/tag.tsx';
import { bankWords } from '../words/banks.ts';
import { kindNames, levelNames } from '../words/names.ts';
import { itemUseWords } from '../words/use.ts';
import { useWords } from '../words/words.ts';
import { day } from './day.ts';
import { readableTex } from './readable-tex.ts';
import { ItemStatusTag } from './item-status-tag.tsx';

interface ItemTableProps {
  bank: string;
  items: readonly ItemSummary[];
  /** Whether the person may see what questions say. */
  canOpen: boolean;
  /** With a box in front of each row. */
  selected?: readonly string[];
  onSelect?(item: string): void;
  hidesStatus?: boolean;
}

/** A table of items, with boxes to select them where something can be done with several. */
export function ItemTable({ bank, items, canOpen, selected, onSelect, hidesStatus = false }: ItemTableProps) {
  const t = useWords(bankWords);
  const used = useWords(itemUseWords);
  const kind = useWords(kindNames);
  const level = useWords(levelNames);
  const columns: Column<ItemSummary>[] = [
    {
      key: 'code',
      header: t('code'),
      isMain: true,
      render: ({ id, code }) => (
        <span className="nowrap">
          {canOpen ? <Anchor href={`#/banks/${bank}/items/${id}`}>{code}</Anchor> : code}
        </span>
      ),
    },
    ...(canOpen
      ? [
          {
            key: 'excerpt',
            header: t('excerpt'),
            render: ({ excerpt }: ItemSummary) => readableTex(excerpt ?? ''),
          },
        ]
      : []),
    { key: 'topic', header: t('topic'), render: ({ topic }) => topic },
    { key: 'level', header: t('level'), render: (item) => level(item.level) },
    { key: 'kind', header: t('kind'), render: (item) => kind(item.kind) },
  ];
  if (items.some(({ use }) => use))
    columns.push({
      key: 'use',
      header: used('used'),
      render: ({ use }) => use && used('usedValue', { ...use, day: day(use.day) }),
    });
  if (!hidesStatus) columns.push({ key: 'status', header: t('status'), render: renderStatus });
  if (selected && onSelect) {
    columns.unshift({
      key: 'select',
      header: <span className="unseen">{t('selected', { n: selected.length })}</span>,
      render: ({ id, code }) => (
        <input
          type="checkbox"
          aria-label={t('select', { code })}
          checked={selected.includes(id)}
          onChange={() => onSelect(id)}
        />
      ),
    });
  }
  return <DataTable label={t('items')} columns={columns} rows={items} rowKey={({ id }) => id} />;
}

function renderStatus({ status, officialUse }: ItemSummary) {
  return (
    <span>
      <ItemStatusTag status={status} /> {officialUse === false && <PracticeOnly />}
    </span>
  );
}

function PracticeOnly() {
  const t = useWords(bankWords);
  return <Tag tone="care">{t('practiceOnly')}</Tag>;
}
