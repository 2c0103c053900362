import { Button, Group, TextInput } from '@mantine/core';
import { Section } from '../parts/page.tsx';
import { matrixWords } from '../words/matrix.ts';
import { useWords } from '../words/words.ts';
import { addBranch, MOST_BRANCHES, removeBranch, renameBranch } from './branch-edits.ts';
import type { MatrixDraft } from './matrix-draft.ts';

interface MatrixBranchesProps {
  draft: MatrixDraft;
  onChange(draft: MatrixDraft): void;
}

/** The branches of which a candidate answers one; which parts belong to which is said at the parts. */
export function MatrixBranches({ draft, onChange }: MatrixBranchesProps) {
  const t = useWords(matrixWords);
  const { branches = [] } = draft.head;
  return (
    <Section title={t('branches')}>
      <p className="quiet">{t('branchesHint')}</p>
      {branches.map(({ id, title }, index) => (
        <Group key={id} gap="sm" align="flex-end" mt="sm">
          <TextInput
            className="branch-title"
            label={t('branchTitle', { n: index + 1 })}
            maxLength={200}
            value={title}
            onChange={(event) => onChange(renameBranch(draft, id, event.currentTarget.value))}
          />
          <Button variant="default" onClick={() => onChange(removeBranch(draft, id))}>
            {t('removeBranch', { branch: title })}
          </Button>
        </Group>
      ))}
      {branches.length < MOST_BRANCHES && (
        <Button
          variant="default"
          mt="sm"
          onClick={() => onChange(addBranch(draft, (n) => t('newBranch', { n })))}
        >
          {t(branches.length > 0 ? 'addBranch' : 'addBranches')}
        </Button>
      )}
    </Section>
  );
}
