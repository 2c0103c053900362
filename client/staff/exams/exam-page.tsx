import type { ExamView } from '#bank/protocol';
import { Page, type PageProps } from '../parts/page.tsx';
import { examWords } from '../words/exams.ts';
import { useWords } from '../words/words.ts';

/** A page that lies below an exam. */
export function ExamPage({ exam, ...page }: { exam: ExamView } & Omit<PageProps, 'crumbs'>) {
  const t = useWords(examWords);
  const crumbs = [
    { title: t('title'), to: '/exams' },
    { title: exam.title, to: `/exams/${exam.id}` },
  ];
  return <Page crumbs={crumbs} {...page} />;
}
