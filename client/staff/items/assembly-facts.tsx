import type { AssemblyData } from '#bank/protocol';
import { Section } from '../parts/page.tsx';
import { assemblyDataWords } from '../words/assembly-data.ts';
import { useWords } from '../words/words.ts';
import { assemblyDraft } from './assembly-draft.ts';

/** `30/06/2027` for `2027-06-30`. */
function day(iso: string): string {
  return iso.split('-').reverse().join('/');
}

/** What a stored version tells the assembly of papers. */
export function AssemblyFacts({ data }: { data: AssemblyData }) {
  const t = useWords(assemblyDataWords);
  const { facility } = assemblyDraft(data);
  const { seconds, enemies, information, embargoUntil, lastUsed } = data;
  const facts = [
    [t('facility'), facility],
    [t('seconds'), seconds === undefined ? '' : t('secondsValue', { n: seconds })],
    [t('enemies'), (enemies ?? []).join('; ')],
    [t('information'), (information ?? []).map((value) => value / 1000).join('; ')],
    [t('embargoUntil'), embargoUntil === undefined ? '' : day(embargoUntil)],
    [t('lastUsed'), lastUsed === undefined ? '' : day(lastUsed)],
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
