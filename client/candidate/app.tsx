import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Entry } from './entry.ts';
import { applyPreferences, savePreferences, type Preferences } from './preferences.ts';
import { Approval } from './screens/approval.tsx';
import { SignIn } from './screens/sign-in.tsx';
import { translator } from '../i18n/translate.ts';
import { loadWords, UiContext, VIETNAMESE, type Ui } from './ui.ts';

/** Exam code of the address `/thi/<code>`. */
function codeOfAddress(): string {
  return decodeURIComponent(location.pathname.split('/')[2] ?? '');
}

function Screen({ entry, ui }: { entry: Entry; ui: Ui }) {
  const stage = useSyncExternalStore(entry.subscribe, entry.stage);
  if (stage.name === 'sign-in') {
    return <SignIn {...stage} exam={codeOfAddress()} entry={entry} />;
  }
  if (stage.name === 'approval') return <Approval entry={entry} />;
  if (stage.name === 'exam') {
    const { Page, exam, download } = stage;
    return <Page exam={exam} download={download} entry={entry} />;
  }
  const { isAlone, unsent } = stage;
  return (
    <main className="card">
      <p className="brand">{ui.t('product')}</p>
      <output>{ui.t(isAlone ? 'noServer' : 'loading')}</output>
      {unsent > 0 && <output className="care">{ui.t('keptHere', { n: unsent })}</output>}
    </main>
  );
}

interface AppProps {
  entry: Entry;
  preferences: Preferences;
  onChange(preferences: Partial<Preferences>): void;
}

/** The page: its words and colours, and the screen of the stage that the entry is in. */
export function App({ entry, preferences, onChange }: AppProps) {
  const [words, setWords] = useState(VIETNAMESE);
  useEffect(() => {
    applyPreferences(preferences);
    savePreferences(preferences);
    loadWords(preferences.language ?? 'vi').then(setWords, () => {});
  }, [preferences]);
  const ui = useMemo<Ui>(
    () => ({ t: translator(words), preferences, change: onChange }),
    [words, preferences, onChange],
  );
  return (
    <UiContext.Provider value={ui}>
      <Screen entry={entry} ui={ui} />
    </UiContext.Provider>
  );
}
