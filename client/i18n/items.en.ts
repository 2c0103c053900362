import type { ItemTexts } from './items.vi.ts';

export const items = {
  yes: 'True',
  no: 'False',
  answer: 'Your answer',
  choose: 'Choose…',
  entered: 'You entered:',
  notNumber: 'Not a number yet. Example: −1.25',
  strike: 'Cross out {letter}',
  choices: 'Choices to match',
} as const satisfies ItemTexts;
