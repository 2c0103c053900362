import { useState, type FormEvent } from 'react';
import type { Leftover } from '../device/leftovers.ts';
import type { Entry } from '../entry.ts';
import { Heading } from '../parts/heading.tsx';
import { ViewSettings } from '../parts/view-settings.tsx';
import { problemText } from '../problem.ts';
import { useUi } from '../ui.ts';

interface SignInProps {
  exam: string;
  hasEnded: boolean;
  /** Unsent work of an earlier candidate on this device; nobody else enters before it is sent or saved. */
  leftover: Leftover | null;
  /** Why the last try came to nothing, when that turned out later. */
  refusal: unknown;
  entry: Entry;
}

const FIELDS = [
  { name: 'exam', autoComplete: 'off' },
  { name: 'number', autoComplete: 'username' },
  { name: 'code', autoComplete: 'current-password' },
] as const;

export function SignIn({ exam, hasEnded, leftover, refusal, entry }: SignInProps) {
  const { t } = useUi();
  const [problem, setProblem] = useState(() => (refusal ? problemText(refusal, t('noServer')) : ''));
  const [isBusy, setBusy] = useState(false);
  const [file, setFile] = useState('');

  const leftoverText = leftover ? t('leftover', { n: leftover.unsent.length, number: leftover.number }) : '';

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string) => String(form.get(name)).trim();
    const credentials = { exam: value('exam'), number: value('number'), code: value('code') };
    setProblem('');
    if (Object.values(credentials).includes('')) return setProblem(t('fillAll'));
    if (leftover && leftover.number !== credentials.number) return setProblem(leftoverText);
    setBusy(true);
    await entry.signIn(credentials).catch((error: unknown) => setProblem(problemText(error, t('noServer'))));
    setBusy(false);
  };

  const save = async (left: Leftover) => {
    setFile(await entry.exportLeftover(left));
    setProblem('');
  };

  return (
    <main className="card">
      <p className="brand">{t('product')}</p>
      <Heading>{t('signInTitle')}</Heading>
      {hasEnded && <p className="care">{t('sessionEnded')}</p>}
      {leftover && (
        <div className="care">
          <p>{leftoverText}</p>
          <button type="button" onClick={() => void save(leftover)}>
            {t('exportFile')}
          </button>
        </div>
      )}
      {file && <p className="news">{t('exported', { file })}</p>}
      <form onSubmit={(event) => void submit(event)} aria-describedby="problem">
        {FIELDS.map(({ name, autoComplete }) => (
          <p key={name}>
            <label htmlFor={name}>{t(name)}</label>
            <input
              id={name}
              name={name}
              defaultValue={name === 'exam' ? exam : ''}
              autoComplete={autoComplete}
              autoCapitalize="characters"
              spellCheck={false}
              aria-describedby={name === 'code' ? 'code-hint' : undefined}
            />
          </p>
        ))}
        <p id="code-hint" className="hint">
          {t('codeHint')}
        </p>
        <p id="problem" className="alarm" role="alert" hidden={!problem}>
          {problem}
        </p>
        <button type="submit" className="primary" disabled={isBusy}>
          {t(isBusy ? 'signingIn' : 'signIn')}
        </button>
      </form>
      <details className="settings">
        <summary>
          {t('language')} · {t('textSize')} · {t('theme')}
        </summary>
        <ViewSettings />
      </details>
    </main>
  );
}
