import { Anchor } from '@mantine/core';
import type { ExamView } from '#bank/protocol';
import { Section } from '../parts/page.tsx';
import { sealWords } from '../words/exams.ts';
import { number } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { useWords } from '../words/words.ts';

/** What sealing fixed, as hashes that also stand in the ledger. */
export function SealFacts({ exam }: { exam: ExamView }) {
  const t = useWords(sealWords);
  const language = useLanguage();
  const hashes = [
    [t('manifest'), exam.manifestHash],
    [t('snapshot'), exam.snapshotHash],
    [t('commitment'), exam.seedCommitment],
  ] as const;
  return (
    <Section title={t('record')}>
      <dl className="facts one">
        <div>
          <dt>{t('sealedPapers')}</dt>
          <dd>{number(exam.candidateCount + exam.reserve, language)}</dd>
        </div>
        {hashes.map(([name, hash]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="mono">{hash}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet note">{t('proof')}</p>
      <Anchor href={`#/exams/${exam.id}/report`}>{t('report')}</Anchor>
    </Section>
  );
}
