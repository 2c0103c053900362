import { Anchor, Button } from '@mantine/core';
import { useMe, useMay } from '../session/session.ts';
import { Page, Section } from '../parts/page.tsx';
import { homeWords } from '../words/home.ts';
import { useWords } from '../words/words.ts';
import { HomeBanks } from './home-banks.tsx';
import { HomeClock } from './home-clock.tsx';
import { HomeExams } from './home-exams.tsx';
import './home.css';

/** What needs this person now. */
export function Home() {
  const t = useWords(homeWords);
  const may = useMay();
  const me = useMe();
  return (
    <Page title={t('title')} lead={me.data && t('greeting', { name: me.data.name })}>
      {may('audit.read') && <HomeClock />}
      {may('exams.read') && (
        <Section title={t('exams')} actions={<Anchor href="#/exams">{t('allExams')}</Anchor>}>
          <HomeExams />
        </Section>
      )}
      {may('banks.read') && (
        <Section title={t('banks')} actions={<Anchor href="#/banks">{t('allBanks')}</Anchor>}>
          <HomeBanks />
        </Section>
      )}
      {may('people.invite') && (
        <Section title={t('begin')}>
          <p className="quiet">{t('beginPeople')}</p>
          <Button component="a" href="#/people" variant="default" mt="sm">
            {t('invite')}
          </Button>
        </Section>
      )}
    </Page>
  );
}
