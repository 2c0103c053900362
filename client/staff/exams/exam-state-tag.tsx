import type { ExamState } from '#bank/protocol';
import { Tag } from '../parts/tag.tsx';
import { examStateNames } from '../words/names.ts';
import { useWords } from '../words/words.ts';

export function ExamStateTag({ state }: { state: ExamState }) {
  const name = useWords(examStateNames);
  if (state === 'open') return <Tag tone="care">{name(state)}</Tag>;
  return state === 'draft' ? <Tag>{name(state)}</Tag> : <Tag tone="accent">{name(state)}</Tag>;
}
