import { Button } from '@mantine/core';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/words.ts';

interface Paged {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
}

/** Below a list that comes in pages. */
export function More({ pages }: { pages: Paged }) {
  const t = useWords(shellWords);
  if (!pages.hasNextPage) return null;
  return (
    <Button
      variant="default"
      mt="md"
      loading={pages.isFetchingNextPage}
      onClick={() => pages.fetchNextPage()}
    >
      {t('more')}
    </Button>
  );
}
