import { lazy, type ComponentType } from 'react';
import type { Access } from '#bank/protocol';

export type PageParams = Record<string, string>;
type PageComponent = ComponentType<{ params: PageParams }>;

interface PageRoute {
  path: string;
  /** Who may open it; to others it does not exist. */
  access: Access;
  Page: PageComponent;
}

function page(path: string, access: Access, load: () => Promise<PageComponent>): PageRoute {
  return { path, access, Page: lazy(async () => ({ default: await load() })) };
}

/** Every page behind the sign-in; each is loaded when it is opened. The first path that fits counts. */
export const PAGES: readonly PageRoute[] = [
  page('/banks', 'banks.read', async () => (await import('./banks/banks.tsx')).Banks),
  page('/banks/new', 'banks.manage', async () => (await import('./banks/new-bank.tsx')).NewBankPage),
  page('/banks/:bank', 'banks.read', async () => (await import('./banks/bank.tsx')).Bank),
  page('/banks/:bank/settings', 'banks.manage', async () => (await import('./banks/edit-bank.tsx')).EditBank),
  page('/banks/:bank/members', 'banks.read', async () => (await import('./banks/members.tsx')).Members),
  page('/banks/:bank/review', 'items.review', async () => (await import('./banks/review.tsx')).Review),
  page(
    '/banks/:bank/import',
    'items.write',
    async () => (await import('./imports/import-start.tsx')).ImportStart,
  ),
  page(
    '/banks/:bank/import/:import',
    'items.write',
    async () => (await import('./imports/import-page.tsx')).ImportPage,
  ),
  page('/banks/:bank/write', 'items.write', async () => (await import('./items/write-item.tsx')).WriteItem),
  page(
    '/banks/:bank/variants',
    'items.write',
    async () => (await import('./parametric/parametric-page.tsx')).ParametricPage,
  ),
  page(
    '/banks/:bank/items/:item',
    'banks.read',
    async () => (await import('./items/item-page.tsx')).ItemPage,
  ),
  page(
    '/banks/:bank/items/:item/edit',
    'items.write',
    async () => (await import('./items/write-item.tsx')).EditItem,
  ),
  page('/exams', 'exams.read', async () => (await import('./exams/exams.tsx')).Exams),
  page('/exams/new', 'exams.manage', async () => (await import('./exams/new-exam.tsx')).NewExamPage),
  page('/exams/:exam', 'exams.read', async () => (await import('./exams/exam.tsx')).Exam),
  page('/exams/:exam/settings', 'exams.manage', async () => (await import('./exams/edit-exam.tsx')).EditExam),
  page('/exams/:exam/matrix', 'exams.manage', async () => (await import('./matrix/matrix.tsx')).Matrix),
  page('/exams/:exam/candidates', 'exams.read', async () => (await import('./roster/roster.tsx')).Roster),
  page('/exams/:exam/slips', 'exams.manage', async () => (await import('./roster/slips.tsx')).Slips),
  page('/exams/:exam/wall', 'exams.watch', async () => (await import('./wall/wall.tsx')).Wall),
  page('/exams/:exam/report', 'exams.read', async () => (await import('./report/report.tsx')).Report),
  page('/exams/:exam/essays', 'essays.mark', async () => (await import('./essays/essays.tsx')).Essays),
  page('/exams/:exam/results', 'results.read', async () => (await import('./results/results.tsx')).Results),
  page('/people', 'people.read', async () => (await import('./people/people.tsx')).People),
  page('/audit', 'audit.read', async () => (await import('./audit/audit.tsx')).Audit),
];
