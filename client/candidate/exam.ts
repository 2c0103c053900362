/** Everything from the waiting room to the result: the part of the page that is loaded while somebody signs in. */
export { countUnsent, exportLeftover, findLeftover, leaveAll } from './device/leftovers.ts';
export { ExamPage } from './exam-page.tsx';
export { openExam, reopenExam } from './open-exam.ts';
