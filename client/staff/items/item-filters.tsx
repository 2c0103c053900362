import { Group, Select } from '@mantine/core';
import { ITEM_KINDS, ITEM_STATUSES, LEVELS } from '#bank/protocol';
import { bankWords } from '../words/banks.ts';
import { itemStatusNames, kindNames, levelNames } from '../words/names.ts';
import { useWords } from '../words/words.ts';
import type { ItemFilter } from './item-queries.ts';

interface ItemFiltersProps {
  topics: readonly string[];
  filter: ItemFilter;
  /** Which facets to offer; all where absent. */
  facets?: readonly (keyof ItemFilter)[];
  onChange(filter: ItemFilter): void;
}

/** The facets of a list of items; each may be left open. */
export function ItemFilters({ topics, filter, facets, onChange }: ItemFiltersProps) {
  const t = useWords(bankWords);
  const kind = useWords(kindNames);
  const level = useWords(levelNames);
  const status = useWords(itemStatusNames);
  const choices: { facet: keyof ItemFilter; data: { value: string; label: string }[] }[] = [
    { facet: 'topic', data: topics.map((name) => ({ value: name, label: name })) },
    { facet: 'level', data: LEVELS.map((name) => ({ value: name, label: level(name) })) },
    { facet: 'kind', data: ITEM_KINDS.map((name) => ({ value: name, label: kind(name) })) },
    { facet: 'status', data: ITEM_STATUSES.map((name) => ({ value: name, label: status(name) })) },
  ];
  const change = (facet: keyof ItemFilter, value: string | null) => {
    const { [facet]: _, ...rest } = filter;
    onChange(value === null ? rest : ({ ...rest, [facet]: value } as ItemFilter));
  };
  return (
    <Group gap="sm" className="filters" mb="md">
      {choices
        .filter(({ facet }) => !facets || facets.includes(facet))
        .map(({ facet, data }) => (
          <Select
            key={facet}
            label={t(facet)}
            placeholder={t('any')}
            clearable
            clearButtonProps={{ 'aria-label': t('clear') }}
            data={data}
            value={filter[facet] ?? null}
            onChange={(value) => change(facet, value)}
          />
        ))}
    </Group>
  );
}
