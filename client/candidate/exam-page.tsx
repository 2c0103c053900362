import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { translator } from '../i18n/translate.ts';
import { MediaContext } from '../items/index.tsx';
import { announcement, isFinal, timeLeft, type Announcement } from '../core/index.ts';
import { ExamUiContext, loadExamWords, useExamUi, VIETNAMESE, type ExamUi } from './exam-ui.ts';
import type { Entry } from './entry.ts';
import { spokenTime } from './format.ts';
import type { KeyAction } from './keys.ts';
import type { Exam } from './open-exam.ts';
import { saveText } from './parts/save-mark.tsx';
import type { Session } from './session.ts';
import { timeChangeText } from './parts/banner.tsx';
import { Paper } from './screens/paper.tsx';
import { Paused } from './screens/paused.tsx';
import { Receipt } from './screens/receipt.tsx';
import { Waiting } from './screens/waiting.tsx';
import { useUi } from './ui.ts';
import { say } from './voice.ts';

function announcementText(told: Announcement, { t, language }: ExamUi): string {
  switch (told.key) {
    case 'timeLeft':
      return t('timeLeft', { time: spokenTime(told.milliseconds, language) });
    case 'section':
      return t('sectionBegins', { n: told.number + 1, count: told.count });
    case 'timeChange':
      return timeChangeText(told.minutes, told.endsAt, t);
    case 'backSent':
      return t('backSent', { n: told.count });
    case 'refused':
      return t('refused', { code: told.code });
    default:
      return t(told.key);
  }
}

function act(action: KeyAction, session: Session, { t, language }: ExamUi): void {
  const state = session.state();
  const { slot } = state;
  if (action.act === 'choose') {
    document.querySelectorAll<HTMLInputElement>('.options input')[action.index]?.click();
  } else if (action.act === 'time') {
    say(t('timeLeft', { time: spokenTime(timeLeft(state) ?? 0, language) }));
  } else if (action.act === 'saved') say(saveText(state, t));
  else if (action.act === 'flag') session.dispatch({ type: 'flag', slot });
  else if (action.act === 'review') session.dispatch({ type: 'view', view: 'review' });
  else session.dispatch({ type: 'go', slot: action.act === 'next' ? slot + 1 : slot - 1 });
}

interface ExamPageProps {
  exam: Exam;
  download: { bytes: number; isDone: boolean };
  entry: Entry;
}

/** From the waiting room to the result: shows what the session is in, and says aloud what changes. */
export function ExamPage(props: ExamPageProps) {
  const ui = useUi();
  const { language } = ui.preferences;
  const [words, setWords] = useState(VIETNAMESE);
  useEffect(() => {
    loadExamWords(language ?? 'vi').then(setWords, () => {});
  }, [language]);
  const examUi = useMemo<ExamUi>(
    () => ({ ...ui, t: translator(words.page), items: words.items, language: language ?? 'vi' }),
    [ui, words, language],
  );
  return (
    <ExamUiContext.Provider value={examUi}>
      <ExamScreen {...props} />
    </ExamUiContext.Provider>
  );
}

function ExamScreen({ exam, download, entry }: ExamPageProps) {
  const { me, session } = exam;
  const ui = useExamUi();
  const state = useSyncExternalStore(session.subscribe, session.state);

  useEffect(
    () =>
      session.subscribe((after, before) => {
        const told = announcement(before, after);
        if (told) say(announcementText(told, ui), told.isUrgent);
      }),
    [session, ui],
  );

  /** An exam that is shown again without a server tells so when it appears, in the words that have been loaded. */
  const offline = ui.t('offline');
  useEffect(() => {
    const { hasJoined, link, phase } = session.state();
    if (!hasJoined && link === 'offline' && phase === 'running') say(offline);
  }, [session, offline]);

  const { hasKeys } = ui.preferences;
  useEffect(() => {
    if (!hasKeys) return;
    const onAction = (action: KeyAction) => act(action, session, ui);
    const keys = import('./keys.ts').then(({ listenToKeys }) => listenToKeys(onAction)).catch(() => null);
    return () => void keys.then((silence) => silence?.());
  }, [hasKeys, session, ui]);

  const paper = session.paper();
  if (isFinal(state)) return <Receipt me={me} state={state} entry={entry} />;
  if (state.phase === 'paused') return <Paused me={me} state={state} session={session} />;
  if (paper && state.phase !== 'waiting')
    return (
      <MediaContext.Provider value={exam.media}>
        <Paper state={state} session={session} paper={paper} />
      </MediaContext.Provider>
    );
  return (
    <Waiting
      me={me}
      state={state}
      session={session}
      download={download}
      onSignOut={() => void entry.leave()}
    />
  );
}
