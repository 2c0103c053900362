import type { Translation } from './translate.ts';
import type { vi } from './entry.vi.ts';

/** Words of the first screen in English; loaded when they are asked for. */
export const en = {
  product: 'Niêm',
  loading: 'Opening the exam page…',
  noServer: 'The server cannot be reached yet. The page tries again by itself; you need not do anything.',
  keptHere:
    'Answers kept on this device and not sent yet: {n}. The page sends them by itself when the server is back.',
  signInTitle: 'Enter the exam',
  exam: 'Exam code',
  number: 'Candidate number',
  code: 'Access code',
  codeHint: 'Capitals do not matter; you may paste it from your exam card.',
  signIn: 'Enter',
  signingIn: 'Checking…',
  fillAll: 'Fill in all three fields.',
  sessionEnded: 'Your session has ended. Sign in again; your work is still there.',
  approvalTitle: 'Waiting for the invigilator',
  approvalHint:
    'Your exam is open on another device. Call the invigilator: once they approve, this page opens the exam by itself.',
  back: 'Go back',
  leftover:
    'This device still holds {n} unsent answers of candidate {number}. Sign in with that number to send them, or save them to a file for the invigilator.',
  exportFile: 'Save to a file',
  exported: 'Saved to the file {file}. Give this file to the invigilator.',
  language: 'Language',
  textSize: 'Text size',
  theme: 'Colours',
  themeAuto: 'As the device',
  themeLight: 'Light',
  themeDark: 'Dark',
  themeContrast: 'High contrast',
} as const satisfies Translation<typeof vi>;
