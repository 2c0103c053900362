import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { ItemSummary } from '#bank/protocol';
import { useBank } from '../banks/bank-queries.ts';
import { ItemFilters } from '../items/item-filters.tsx';
import { readableTex } from '../items/readable-tex.ts';
import { useAllItems, type ItemFilter } from '../items/item-queries.ts';
import { Dialog } from '../parts/confirm.tsx';
import { Loading } from '../parts/loading.tsx';
import { Problem } from '../parts/problem.tsx';
import { pickerWords } from '../words/matrix.ts';
import { kindNames, levelNames } from '../words/names.ts';
import { useWords } from '../words/words.ts';

interface ItemPickerProps {
  opened: boolean;
  bank: string;
  /** Only items that somebody else than their author approved. */
  isOfficial: boolean;
  picked: readonly string[];
  onChange(items: readonly string[]): void;
  onClose(): void;
}

/** Picks approved items of a bank for the simple form of a matrix. */
export function ItemPicker(props: ItemPickerProps) {
  const t = useWords(pickerWords);
  return (
    <Dialog opened={props.opened} title={t('title')} size="lg" onClose={props.onClose}>
      <Picker {...props} />
    </Dialog>
  );
}

function Picker({ bank, isOfficial, picked, onChange, onClose }: ItemPickerProps) {
  const t = useWords(pickerWords);
  const [filter, setFilter] = useState<ItemFilter>({});
  const about = useBank(bank);
  const reads = about.data?.roles.some((role) => role !== undefined) ?? false;
  const items = useAllItems(bank, filter, reads);
  const fitting = (items.data ?? []).filter(
    ({ kind, approvedVersion, officialUse }) =>
      kind !== 'description' && approvedVersion !== undefined && (!isOfficial || officialUse === true),
  );
  const toggle = (id: string) =>
    onChange(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id]);
  return (
    <>
      <ItemFilters
        topics={about.data?.topics ?? []}
        filter={filter}
        facets={['topic', 'level', 'kind']}
        onChange={setFilter}
      />
      {items.isPending && <Loading />}
      {items.error && <Problem error={items.error} />}
      {items.data && fitting.length === 0 && <Text>{t('none')}</Text>}
      <div className="picker-list">
        {fitting.map((item) => (
          <PickerRow
            key={item.id}
            item={item}
            isPicked={picked.includes(item.id)}
            onToggle={() => toggle(item.id)}
          />
        ))}
      </div>
      <Group justify="space-between">
        <Button
          variant="default"
          size="xs"
          disabled={fitting.length === 0}
          onClick={() => onChange([...new Set([...picked, ...fitting.map(({ id }) => id)])])}
        >
          {t('all')}
        </Button>
        <Text fw={600}>{t('picked', { n: picked.length })}</Text>
        <Button onClick={onClose}>{t('done')}</Button>
      </Group>
    </>
  );
}

interface PickerRowProps {
  item: ItemSummary;
  isPicked: boolean;
  onToggle(): void;
}

function PickerRow({ item, isPicked, onToggle }: PickerRowProps) {
  const kind = useWords(kindNames);
  const level = useWords(levelNames);
  return (
    <label>
      <input type="checkbox" checked={isPicked} onChange={onToggle} />
      <span>
        <strong>{item.code}</strong> {readableTex(item.excerpt ?? '')}
        <br />
        <span className="quiet">
          {item.topic} · {level(item.level)} · {kind(item.kind)}
        </span>
      </span>
    </label>
  );
}
