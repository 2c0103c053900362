import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TemplateList as Templates, TemplateView } from '#bank/item/parametric';
import { api } from '../api/client.ts';
import { Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { parametricWords } from '../words/parametric.ts';
import { useWords } from '../words/words.ts';

interface TemplateListProps {
  bank: string;
  onOpen(template: TemplateView): void;
}

/** What variants of the bank were made from, to be opened again. */
export function TemplateList({ bank, onOpen }: TemplateListProps) {
  const t = useWords(parametricWords);
  const found = useQuery({ queryKey: ['bank', bank, 'templates'], queryFn: () => allTemplates(bank) });
  if (found.error) return <Problem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data || found.data.length === 0) return null;
  return (
    <Section title={t('templates')}>
      <p className="quiet">{t('templatesHint')}</p>
      <Group gap="xs" mt="sm">
        {found.data.map((template) => (
          <Button key={template.code} variant="default" size="xs" onClick={() => onOpen(template)}>
            {t('openTemplate', { code: template.code, count: template.made })}
          </Button>
        ))}
      </Group>
    </Section>
  );
}

async function allTemplates(bank: string): Promise<TemplateView[]> {
  const templates: TemplateView[] = [];
  let after: string | undefined;
  do {
    const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`;
    const page = await api.get<Templates>(`/banks/${bank}/templates${query}`);
    templates.push(...page.templates);
    after = page.next;
  } while (after !== undefined);
  return templates;
}
