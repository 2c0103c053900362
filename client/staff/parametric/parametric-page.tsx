import { Autocomplete, Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import { makeVariants } from '#bank/item/parametric';
import { LEVELS, type BankView, type Level, type VariantsMade } from '#bank/protocol';
import { api } from '../api/client.ts';
import { BankPage } from '../banks/bank-page.tsx';
import { useBank } from '../banks/bank-queries.ts';
import { MarkupField } from '../items/markup-field.tsx';
import { useLeaveWarning } from '../parts/leave-warning.ts';
import { Loading } from '../parts/loading.tsx';
import { useNotice } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { Sentence } from '../parts/sentence.tsx';
import { editorWords } from '../words/items.ts';
import { levelNames } from '../words/names.ts';
import { parametricWords } from '../words/parametric.ts';
import { useWords } from '../words/words.ts';
import {
  isBegun,
  newParametricDraft,
  parametricDraft,
  parametricItem,
  type ParametricDraft,
} from './parametric-draft.ts';
import { TemplateList } from './template-list.tsx';
import { VariantList } from './variant-list.tsx';

const MAKE_AFTER_MS = 400;
/** How a stem holds numbers; kept out of the words, whose own placeholders look alike. */
const STEM_SAMPLES = { plain: '@{a}', formula: '$x @{+a} = @{2*b}$' };

/** Writes a question whose numbers are drawn: a form at one side, its variants at the other. */
export function ParametricPage({ params }: { params: Record<string, string> }) {
  const bank = useBank(params['bank'] ?? '');
  if (bank.isPending) return <Loading />;
  if (bank.error) return <Problem error={bank.error} onRetry={() => void bank.refetch()} />;
  return <Editor bank={bank.data} />;
}

function Editor({ bank }: { bank: BankView }) {
  const t = useWords(parametricWords);
  const editor = useWords(editorWords);
  const notice = useNotice();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const [initial] = useState(() => newParametricDraft(bank.topics[0] ?? ''));
  const [draft, setDraft] = useState(initial);
  const [settled] = useDebouncedValue(draft, MAKE_AFTER_MS);
  const made = useMemo(() => outcomeOf(settled), [settled]);
  const save = useMutation({
    mutationFn: () => {
      const { code, topic, level } = draft;
      const read = parametricItem(draft);
      return api.post<VariantsMade>(`/banks/${bank.id}/variants`, {
        code: code.trim(),
        topic,
        level,
        ...read,
      });
    },
    onSuccess: ({ count }) => {
      void queries.invalidateQueries({ queryKey: ['bank', bank.id] });
      notice(t('made', { count }));
      navigate(`/banks/${bank.id}`);
    },
  });
  useLeaveWarning(draft !== initial && !save.isSuccess);
  const send = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const { variants, line, problem } = made;
  return (
    <BankPage bank={bank} title={t('title')} lead={t('lead')}>
      <TemplateList bank={bank.id} onOpen={(template) => setDraft(parametricDraft(template))} />
      <div className="editor">
        <form onSubmit={send}>
          <Section title={editor('stem')}>
            <Stack>
              <Fields bank={bank} draft={draft} onChange={(changed) => setDraft({ ...draft, ...changed })} />
              {save.error ? <Problem error={save.error} /> : null}
              <Group>
                <Button
                  type="submit"
                  loading={save.isPending}
                  disabled={variants.length === 0 || draft !== settled}
                >
                  {t('make', { count: variants.length })}
                </Button>
              </Group>
            </Stack>
          </Section>
        </form>
        <div className="editor-aside">
          <Section title={t('variants')}>
            {line !== undefined && <p role="alert">{t('badLine', { line })}</p>}
            {problem && (
              <p role="alert">
                <Sentence code={problem.code} values={problem.values} />
              </p>
            )}
            {line === undefined && !problem && <VariantList variants={variants} />}
          </Section>
        </div>
      </div>
    </BankPage>
  );
}

function outcomeOf(draft: ParametricDraft): ReturnType<typeof makeVariants> & { line?: string } {
  if (!isBegun(draft)) return { variants: [] };
  const read = parametricItem(draft);
  return 'line' in read ? { variants: [], line: read.line } : makeVariants(read.item);
}

interface FieldsProps {
  bank: BankView;
  draft: ParametricDraft;
  onChange(changed: Partial<ParametricDraft>): void;
}

function Fields({ bank, draft, onChange }: FieldsProps) {
  const t = useWords(parametricWords);
  const editor = useWords(editorWords);
  const lines = (name: 'parameters' | 'derived' | 'constraints') => (
    <Textarea
      label={t(name)}
      description={t(`${name}Hint`)}
      required={name === 'parameters'}
      autosize
      minRows={2}
      spellCheck={false}
      value={draft[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <Facts bank={bank} draft={draft} onChange={onChange} />
      <MarkupField
        label={editor('stem')}
        description={t('stemHint', STEM_SAMPLES)}
        rows={4}
        value={draft.stem}
        onChange={(stem) => onChange({ stem })}
      />
      {lines('parameters')}
      {lines('derived')}
      {lines('constraints')}
      <TextInput
        label={t('key')}
        description={t('keyHint')}
        required
        maxLength={200}
        spellCheck={false}
        value={draft.key}
        onChange={(event) => onChange({ key: event.currentTarget.value })}
      />
      {draft.kind === 'choice' && (
        <Textarea
          label={t('distractors')}
          required
          autosize
          minRows={3}
          spellCheck={false}
          value={draft.distractors}
          onChange={(event) => onChange({ distractors: event.currentTarget.value })}
        />
      )}
      <TextInput
        label={t('decimals')}
        description={t('decimalsHint')}
        inputMode="numeric"
        maxLength={1}
        value={draft.decimals}
        onChange={(event) => onChange({ decimals: event.currentTarget.value.replace(/\D/g, '') })}
      />
      <TextInput
        label={editor('unit')}
        maxLength={40}
        value={draft.unit}
        onChange={(event) => onChange({ unit: event.currentTarget.value })}
      />
    </>
  );
}

function Facts({ bank, draft, onChange }: FieldsProps) {
  const t = useWords(parametricWords);
  const editor = useWords(editorWords);
  const level = useWords(levelNames);
  return (
    <div className="editor-facts">
      <Select
        label={editor('kind')}
        allowDeselect={false}
        data={(['choice', 'numeric'] as const).map((kind) => ({ value: kind, label: t(kind) }))}
        value={draft.kind}
        onChange={(kind) => onChange({ kind: kind as ParametricDraft['kind'] })}
      />
      <TextInput
        label={editor('code')}
        description={t('codeHint')}
        required
        maxLength={40}
        value={draft.code}
        onChange={(event) => onChange({ code: event.currentTarget.value })}
      />
      <Autocomplete
        label={editor('topic')}
        required
        maxLength={200}
        data={[...bank.topics]}
        value={draft.topic}
        onChange={(topic) => onChange({ topic })}
      />
      <Select
        label={editor('level')}
        allowDeselect={false}
        data={LEVELS.map((name) => ({ value: name, label: level(name) }))}
        value={draft.level}
        onChange={(name) => onChange({ level: name as Level })}
      />
    </div>
  );
}
