import type { AssemblyData, ItemUse } from '#bank/protocol';
import { Section } from '../parts/page.tsx';
import { assemblyDataWords } from '../words/assembly-data.ts';
import { itemUseWords } from '../words/use.ts';
import { useWords } from '../words/words.ts';
import { assemblyDraft } from './assembly-draft.ts';
import { day } from './day.ts';

/** What a stored version tells the assembly of papers, and where its item has been used. */
export function AssemblyFacts({ data, use }: { data: AssemblyData; use?: ItemUse | undefined }) {
  const t = useWords(assemblyDataWords);
  const used = useWords(itemUseWords);
  const { facility } = assemblyDraft(data);
  const { seconds, enemies, information, embargoUntil, lastUsed } = data;
  const facts = [
    [t('facility'), facility],
    [t('seconds'), seconds === undefined ? '' : t('secondsValue', { n: seconds })],
    [t('enemies'), (enemies ?? []).join('; ')],
    [t('information'), (information ?? []).map((value) => value / 1000).join('; ')],
    [t('embargoUntil'), embargoUntil === undefined ? '' : day(embargoUntil)],
    [t('lastUsed'), lastUsed === undefined ? '' : day(lastUsed)],
    [used('used'), use ? used('usedValue', { ...use, day: day(use.day) }) : ''],
  ].filter(([, value]) => value !== '');
  return (
    <Section title={t('title')}>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
