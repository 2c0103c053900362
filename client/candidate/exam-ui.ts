import { createContext, useContext } from 'react';
import type { CandidateMe } from '#bank/protocol';
import { items, vi } from '../i18n/exam.vi.ts';
import type { ItemTexts } from '../i18n/items.vi.ts';
import type { Translate, Translation } from '../i18n/translate.ts';
import type { Language, Ui } from './ui.ts';

interface ExamWords {
  page: Translation<typeof vi>;
  items: ItemTexts;
}

/** What the parts of an exam share: all words, and the settings of the eye. */
export interface ExamUi extends Omit<Ui, 't'> {
  t: Translate<typeof vi>;
  items: ItemTexts;
  language: Language;
}

/** `Số báo danh 110001 · Mã đề 0101`. */
export function seatText({ number, form }: CandidateMe, t: ExamUi['t']): string {
  return t('candidate', { number }) + (form ? t('form', { form }) : '');
}

export const VIETNAMESE: ExamWords = { page: vi, items };

export async function loadExamWords(language: Language): Promise<ExamWords> {
  if (language === 'vi') return VIETNAMESE;
  const words = await import('../i18n/exam.en.ts');
  return { page: words.en, items: words.items };
}

export const ExamUiContext = createContext<ExamUi | null>(null);

export function useExamUi(): ExamUi {
  const ui = useContext(ExamUiContext);
  if (!ui) throw new Error('outside of an exam');
  return ui;
}
