import { CountField } from '../parts/number-fields.tsx';
import { matrixWords } from '../words/matrix.ts';
import { useWords } from '../words/words.ts';

interface AnswerFieldProps {
  label: string;
  /** Questions that are printed. */
  count: number;
  /** How many of them a candidate answers; 0 for all. */
  answer: number;
  isDisabled: boolean;
  onChange(answer: number): void;
}

/** "Answer 4 of 6"; left empty, a candidate answers all. */
export function AnswerField({ label, count, answer, isDisabled, onChange }: AnswerFieldProps) {
  const t = useWords(matrixWords);
  return (
    <span className="answer-field">
      {t('answer')}{' '}
      <CountField
        label={label}
        value={answer}
        isDisabled={isDisabled}
        isWrong={answer > count}
        onChange={onChange}
      />{' '}
      {t(answer > 0 ? 'answerOf' : 'answerAll', { count })}
    </span>
  );
}
