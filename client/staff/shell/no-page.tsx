import { Button } from '@mantine/core';
import { Empty, Page } from '../parts/page.tsx';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/words.ts';

export function NoPage() {
  const t = useWords(shellWords);
  return (
    <Page title={t('noPage')}>
      <Empty
        title={t('noPageHint')}
        action={
          <Button component="a" href="#/" variant="default">
            {t('toHome')}
          </Button>
        }
      />
    </Page>
  );
}
