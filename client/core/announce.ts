import { isEmpty } from './outbox.ts';
import { hasNextSection, timeLeft, type ExamState } from './state.ts';

type PlainKey =
  | 'offline'
  | 'back'
  | 'sectionOver'
  | 'timeOver'
  | 'timeOverOffline'
  | 'closed'
  | 'paused'
  | 'resumed'
  | 'terminated';

/** One sentence for the live regions; the words are in the catalogues. */
export type Announcement =
  | { key: PlainKey; isUrgent: boolean }
  | { key: 'backSent'; isUrgent: false; count: number }
  | { key: 'timeLeft'; isUrgent: boolean; milliseconds: number }
  | { key: 'section'; isUrgent: true; number: number; count: number }
  | { key: 'timeChange'; isUrgent: false; minutes: number; endsAt: number }
  | { key: 'refused'; isUrgent: true; code: string }
  | { key: 'otherDevice' | 'otherTab' | 'storageFailed'; isUrgent: true };

function phaseAnnouncement(before: ExamState, after: ExamState): Announcement | null {
  const { section } = after;
  if (section && before.section && section.number !== before.section.number) {
    return { key: 'section', isUrgent: true, number: section.number, count: section.count };
  }
  if (before.phase === after.phase) return null;
  if (after.phase === 'over') {
    if (hasNextSection(after)) return { key: 'sectionOver', isUrgent: true };
    return { key: after.link === 'online' ? 'timeOver' : 'timeOverOffline', isUrgent: true };
  }
  if (after.phase === 'paused') return { key: 'paused', isUrgent: true };
  if (before.phase === 'paused' && after.phase === 'running') return { key: 'resumed', isUrgent: true };
  if (after.phase === 'terminated' && before.phase !== 'joining')
    return { key: 'terminated', isUrgent: true };
  if (after.phase === 'closed' && (before.phase === 'running' || before.phase === 'over')) {
    return { key: 'closed', isUrgent: true };
  }
  if (after.phase === 'superseded') {
    return { key: after.elsewhere === 'tab' ? 'otherTab' : 'otherDevice', isUrgent: true };
  }
  return null;
}

function timeAnnouncement(before: ExamState, after: ExamState): Announcement | null {
  if (after.phase !== 'running') return null;
  if (after.timeChange !== null && after.endsAt !== before.endsAt && after.endsAt !== null) {
    return { key: 'timeChange', isUrgent: false, minutes: after.timeChange, endsAt: after.endsAt };
  }
  const milliseconds = timeLeft(after);
  const isDue = after.warned !== null && after.warned !== before.warned;
  return isDue && milliseconds !== null
    ? { key: 'timeLeft', isUrgent: after.warned === 1, milliseconds }
    : null;
}

function lineAnnouncement(before: ExamState, after: ExamState): Announcement | null {
  if (after.link === 'offline' && before.link === 'online') return { key: 'offline', isUrgent: false };
  if (before.resent > 0 && isEmpty(after.outbox)) {
    return { key: 'backSent', isUrgent: false, count: before.resent };
  }
  if (before.link === 'offline' && after.link === 'online' && after.resent === 0) {
    return { key: 'back', isUrgent: false };
  }
  return null;
}

/** What a change of state says aloud: at most one sentence, the most pressing one. */
export function announcement(before: ExamState, after: ExamState): Announcement | null {
  const told = phaseAnnouncement(before, after);
  if (told) return told;
  if (after.isStorageFailed && !before.isStorageFailed) return { key: 'storageFailed', isUrgent: true };
  if (after.refusal && !before.refusal) return { key: 'refused', isUrgent: true, code: after.refusal.code };
  return timeAnnouncement(before, after) ?? lineAnnouncement(before, after);
}
