import { LEVELS, type Level } from '#bank/protocol';
import { matrixWords } from '../words/matrix.ts';
import { levelNames } from '../words/names.ts';
import { useWords } from '../words/words.ts';
import { profileName } from './matrix-edits.ts';

interface ProfileFieldProps {
  label: string;
  /** Those that the bank has. */
  profiles: readonly Level[][];
  value: Level[] | undefined;
  isDisabled: boolean;
  onChange(statements: Level[] | undefined): void;
}

/** Which levels the statements of the clusters of a cell have; any, where only the level of the question counts. */
export function ProfileField({ label, profiles, value, isDisabled, onChange }: ProfileFieldProps) {
  const t = useWords(matrixWords);
  const levelName = useWords(levelNames);
  const offered = value && !profiles.some((one) => profileName(one) === profileName(value)) ? [value] : [];
  const all = [...profiles, ...offered];
  const text = (profile: readonly Level[]) =>
    LEVELS.flatMap((level) => {
      const count = profile.filter((one) => one === level).length;
      return count > 0 ? [`${count} ${levelName(level)}`] : [];
    }).join(', ');
  return (
    <select
      className="profile-field"
      aria-label={label}
      disabled={isDisabled}
      value={value ? profileName(value) : ''}
      onChange={(event) => {
        const chosen = all.find((one) => profileName(one) === event.currentTarget.value);
        onChange(chosen && [...chosen]);
      }}
    >
      <option value="">{t('anyStatements')}</option>
      {all.map((profile) => (
        <option key={profileName(profile)} value={profileName(profile)}>
          {text(profile)}
        </option>
      ))}
    </select>
  );
}
