import { Autocomplete, Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { lazy, Suspense, useMemo, useState, type FormEvent } from 'react';
import { ITEM_KINDS, LEVELS, type BankView, type ItemKindName, type Level } from '#bank/protocol';
import { useLeaveWarning } from '../parts/leave-warning.ts';
import { Loading } from '../parts/loading.tsx';
import { Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { Sentence } from '../parts/sentence.tsx';
import { editorWords, itemWords } from '../words/items.ts';
import { kindNames, levelNames } from '../words/names.ts';
import { useWords } from '../words/words.ts';
import { AssemblyFields } from './assembly-fields.tsx';
import { newDraft, type ItemDraft } from './item-draft.ts';
import { useAllItems } from './item-queries.ts';
import { KindFields } from './kind-fields.tsx';
import { MarkupField } from './markup-field.tsx';
import { Preview } from './preview.tsx';
import { readableTex } from './readable-tex.ts';
import { contentOf, draftProblems, draftWarnings } from './sent-draft.ts';

const MediaFields = lazy(async () => ({ default: (await import('./media-fields.tsx')).MediaFields }));

const PREVIEW_AFTER_MS = 250;

interface ItemFormProps {
  bank: BankView;
  initial: ItemDraft;
  /** A stored item keeps its kind and its code. */
  isNew: boolean;
  isSaving: boolean;
  error: unknown;
  onSave(draft: ItemDraft, isLast: boolean): void;
}

/** The editor: a form for the kind at one side, the candidate's view and what is still wrong at the other. */
export function ItemForm({ bank, initial, isNew, isSaving, error, onSave }: ItemFormProps) {
  const t = useWords(editorWords);
  const [draft, setDraft] = useState(initial);
  const change = (changed: Partial<ItemDraft>) => setDraft({ ...draft, ...changed });
  useLeaveWarning(draft !== initial);
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSave(draft, true);
  };
  return (
    <div className="editor">
      <form onSubmit={send}>
        <Section title={t('stem')}>
          <Stack>
            <Facts bank={bank} draft={draft} isNew={isNew} onChange={change} onDraft={setDraft} />
            <MarkupField
              label={draft.kind === 'description' ? t('stemDescription') : t('stem')}
              description={t('markupHint')}
              rows={4}
              value={draft.stem}
              onChange={(stem) => change({ stem })}
            />
            <Suspense fallback={<Loading />}>
              <MediaFields bank={bank.id} value={draft.media} onChange={(media) => change({ media })} />
            </Suspense>
            <KindFields draft={draft} onChange={change} />
            <AssemblyFields
              kind={draft.kind}
              value={draft.assembly}
              onChange={(assembly) => change({ assembly })}
            />
            {error ? <Problem error={error} /> : null}
            <Group>
              <Button type="submit" loading={isSaving}>
                {t('save')}
              </Button>
              {isNew && (
                <Button variant="default" disabled={isSaving} onClick={() => onSave(draft, false)}>
                  {t('saveAndNew')}
                </Button>
              )}
            </Group>
          </Stack>
        </Section>
      </form>
      <Aside bank={bank.id} draft={draft} />
    </div>
  );
}

function Aside({ bank, draft }: { bank: string; draft: ItemDraft }) {
  const t = useWords(editorWords);
  const item = useWords(itemWords);
  const [settled] = useDebouncedValue(draft, PREVIEW_AFTER_MS);
  const content = useMemo(() => contentOf(settled), [settled]);
  const problems = useMemo(() => draftProblems(settled), [settled]);
  const warnings = useMemo(() => draftWarnings(settled), [settled]);
  return (
    <div className="editor-aside">
      <Section title={item('preview')}>
        <Preview bank={bank} content={content} />
      </Section>
      <Findings title={t('problems')} found={problems} />
      {problems.length === 0 && <Findings title={t('warnings')} found={warnings} />}
    </div>
  );
}

function Findings({ title, found }: { title: string; found: ReturnType<typeof draftProblems> }) {
  if (found.length === 0) return null;
  return (
    <Section title={title}>
      <ul className="plain-list">
        {found.map(({ code, where, values }) => (
          <li key={`${code}${where}`}>
            <Sentence code={code} values={values} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface FactsProps {
  bank: BankView;
  draft: ItemDraft;
  isNew: boolean;
  onChange(changed: Partial<ItemDraft>): void;
  onDraft(draft: ItemDraft): void;
}

function Facts({ bank, draft, isNew, onChange, onDraft }: FactsProps) {
  const t = useWords(editorWords);
  const kindName = useWords(kindNames);
  const levelName = useWords(levelNames);
  const descriptions = useAllItems(bank.id, { kind: 'description' }, true);
  const topic = {
    label: t('topic'),
    required: true,
    maxLength: 200,
    data: [...bank.topics],
    value: draft.topic,
  };
  return (
    <div className="editor-facts">
      <Select
        label={t('kind')}
        allowDeselect={false}
        disabled={!isNew}
        data={ITEM_KINDS.map((name) => ({ value: name, label: kindName(name) }))}
        value={draft.kind}
        onChange={(kind) => {
          const { code, stem, media } = draft;
          onDraft({ ...newDraft(kind as ItemKindName, draft), code, stem, media });
        }}
      />
      <TextInput
        label={t('code')}
        description={isNew ? t('codeHint') : undefined}
        required
        maxLength={64}
        disabled={!isNew}
        value={draft.code}
        onChange={(event) => onChange({ code: event.currentTarget.value })}
      />
      {bank.topics.length > 0 ? (
        <Select {...topic} allowDeselect={false} onChange={(value) => onChange({ topic: value ?? '' })} />
      ) : (
        <Autocomplete {...topic} onChange={(value) => onChange({ topic: value })} />
      )}
      <Select
        label={t('level')}
        allowDeselect={false}
        data={LEVELS.map((name) => ({ value: name, label: levelName(name) }))}
        value={draft.level}
        onChange={(level) => onChange({ level: level as Level })}
      />
      {draft.kind !== 'description' && (descriptions.data ?? []).length > 0 && (
        <Select
          label={t('stimulus')}
          placeholder={t('noStimulus')}
          clearable
          data={(descriptions.data ?? []).map(({ id, code, excerpt }) => ({
            value: id,
            label: `${code}. ${readableTex(excerpt ?? '')}`,
          }))}
          value={draft.stimulus || null}
          onChange={(value) => onChange({ stimulus: value ?? '' })}
        />
      )}
    </div>
  );
}
