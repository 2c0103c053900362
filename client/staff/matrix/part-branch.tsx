import { matrixWords } from '../words/matrix.ts';
import { useWords } from '../words/words.ts';
import { setPartBranch } from './branch-edits.ts';
import type { DraftPart, MatrixHead } from './matrix-draft.ts';

interface PartBranchProps {
  branches: NonNullable<MatrixHead['branches']>;
  part: DraftPart;
  isEditable: boolean;
  onChange(edit: (part: DraftPart) => DraftPart): void;
}

/** Who answers the part: everybody, or who chooses a branch. */
export function PartBranch({ branches, part, isEditable, onChange }: PartBranchProps) {
  const t = useWords(matrixWords);
  return (
    <label className="part-branch">
      <span className="field-label">{t('partBranch')}</span>
      <select
        className="profile-field"
        disabled={!isEditable}
        value={part.branch ?? ''}
        onChange={(event) => {
          const id = event.currentTarget.value;
          onChange((one) => setPartBranch(one, id === '' ? null : id));
        }}
      >
        <option value="">{t('everyBranch')}</option>
        {branches.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
