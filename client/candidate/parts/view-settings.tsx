import { SIZES, THEMES } from '../preferences.ts';
import { useUi } from '../ui.ts';

interface ChoiceRowProps<T extends string | number> {
  label: string;
  values: readonly [T, string][];
  value: T;
  onPick(value: T): void;
}

function ChoiceRow<T extends string | number>({ label, values, value, onPick }: ChoiceRowProps<T>) {
  return (
    <fieldset>
      <legend>{label}</legend>
      {values.map(([key, text]) => (
        <button key={key} type="button" aria-pressed={key === value} onClick={() => onPick(key)}>
          {text}
        </button>
      ))}
    </fieldset>
  );
}

const THEME_NAMES = {
  auto: 'themeAuto',
  light: 'themeLight',
  dark: 'themeDark',
  contrast: 'themeContrast',
} as const;

/** Settings of the eye: language, text size, colours. The same on every screen. */
export function ViewSettings() {
  const { t, preferences, change } = useUi();
  return (
    <>
      <ChoiceRow
        label={t('language')}
        values={[
          ['vi', 'Tiếng Việt'],
          ['en', 'English'],
        ]}
        value={preferences.language ?? 'vi'}
        onPick={(language) => change({ language })}
      />
      <ChoiceRow
        label={t('textSize')}
        values={SIZES.map((size) => [size, `${100 + 25 * size}%`])}
        value={preferences.size}
        onPick={(size) => change({ size })}
      />
      <ChoiceRow
        label={t('theme')}
        values={THEMES.map((theme) => [theme, t(THEME_NAMES[theme])])}
        value={preferences.theme}
        onPick={(theme) => change({ theme })}
      />
    </>
  );
}
