import { useState, type ReactNode } from 'react';
import { countElectives, isAnswered } from '#bank/marks';
import type { Electives } from '#bank/protocol';
import type { ExamState, SlotStatus } from '../../core/index.ts';
import type { Session } from '../session.ts';
import type { Language } from '../ui.ts';
import type { Dialog } from './dialog.tsx';

/** Kept beside the part that says them: only a paper with something to choose carries these words. */
const WORDS = {
  vi: {
    choosing: 'Phần tự chọn',
    which: 'Em làm nhánh nào?',
    hint: 'Chỉ câu của một nhánh được tính điểm. Em đổi được đến hết giờ; câu đã làm ở nhánh kia vẫn được giữ.',
    unchosen: (branch: string) => `Em chưa chọn nhánh. Nếu không chọn, máy tính nhánh ${branch}.`,
    chosen: (branch: string) => `Tính điểm nhánh: ${branch}.`,
    other: 'Câu này thuộc nhánh khác nên không tính điểm.',
    group: (list: string, k: number, n: number) => `Câu ${list}: làm ${k} trong ${n} câu.`,
    done: (made: number, k: number) => `Đã làm ${made}/${k} câu phải chọn.`,
    over: (made: number, k: number, list: string) =>
      `Em đã làm ${made} câu: chỉ tính ${k} câu đầu theo thứ tự trong đề, là câu ${list}.`,
    beyond: 'Câu này không được tính. Muốn tính câu này, em hãy xoá trả lời của một câu đứng trước.',
  },
  en: {
    choosing: 'What you choose',
    which: 'Which branch do you answer?',
    hint: 'Only one branch gives points. You may change until the time is up; what you answered in the other is kept.',
    unchosen: (branch: string) => `You have not chosen a branch. If you do not choose, ${branch} counts.`,
    chosen: (branch: string) => `The branch that counts: ${branch}.`,
    other: 'This question is of another branch and does not count.',
    group: (list: string, k: number, n: number) => `Questions ${list}: answer ${k} of ${n}.`,
    done: (made: number, k: number) => `${made} of ${k} to choose answered.`,
    over: (made: number, k: number, list: string) =>
      `You have answered ${made}: only the first ${k} in the order of the paper count, ${list}.`,
    beyond: 'This question does not count. To make it count, clear the answer of an earlier one.',
  },
};

interface ChoiceProps {
  state: ExamState;
  session: Session;
  statuses: readonly SlotStatus[];
  /** The question on screen; null shows all that there is to choose. */
  slot: number | null;
  /** It stands below the list of questions: no landmark of its own, since the question on screen has one. */
  isListed?: boolean | undefined;
  language: Language;
  isDisabled: boolean;
  Dialog: typeof Dialog;
}

/** Asks for a branch before its first question, and tells what counts. */
export type Choice = (props: ChoiceProps) => ReactNode;

interface Group {
  answer: number;
  slots: readonly number[];
}

/**
 * What a page does with something to choose.
 *
 * @param first slot of the paper with which these begin
 * @param count of the slots; the choice of a branch is the answer to the slot behind them
 */
export function choosing(electives: Electives, first: number, count: number) {
  const inPaper = (slots: readonly number[]) => slots.map((slot) => slot + first);
  const branches = electives.branches.map((branch) => ({ ...branch, slots: inPaper(branch.slots) }));
  const groups = electives.groups.map(({ answer, slots }) => ({ answer, slots: inPaper(slots) }));
  const last = first + count;
  const counted = (answers: ExamState['answers']) =>
    countElectives({ branches, groups }, (slot) => answers[slot] ?? null, last, 'first-answered');

  function BranchPicker({ state, session, language, isDisabled, slot }: ChoiceProps) {
    const words = WORDS[language];
    const choice = state.answers[last];
    return (
      <fieldset>
        <legend>{words.which}</legend>
        {branches.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            disabled={isDisabled}
            aria-pressed={!!choice && 'b' in choice && choice.b === id}
            onClick={() => session.answer(last, { b: id })}
          >
            {title}
          </button>
        ))}
        {!choice && slot !== null && <p>{words.hint}</p>}
      </fieldset>
    );
  }

  function Branches(props: ChoiceProps) {
    const { state, slot, language, isDisabled, isListed, Dialog } = props;
    const [isLater, setLater] = useState(false);
    const words = WORDS[language];
    const { branch: id, uncounted } = counted(state.answers);
    const title = branches.find((branch) => branch.id === id)?.title ?? '';
    const isChosen = !!state.answers[last];
    const note = isChosen ? words.chosen(title) : words.unchosen(title);
    const asks = slot !== null && !isChosen && !isDisabled && !isLater;
    return (
      <>
        {!isListed && <BranchPicker {...props} />}
        <output className={isChosen ? '' : 'care'}>{note}</output>
        {slot !== null && uncounted.get(slot) === 'other-branch' && <p className="care">{words.other}</p>}
        {asks && (
          <Dialog title={words.choosing} onClose={() => setLater(true)}>
            <BranchPicker {...props} />
          </Dialog>
        )}
      </>
    );
  }

  function GroupNote({
    group: { answer, slots },
    state,
    statuses,
    slot,
    language,
  }: ChoiceProps & { group: Group }) {
    const words = WORDS[language];
    const { uncounted } = counted(state.answers);
    const list = (of: readonly number[]) =>
      statuses.flatMap((one) => (of.includes(one.slot) ? [one.number] : [])).join(', ');
    const made = slots.filter((one) => isAnswered(state.answers[one] ?? null));
    const isOver = made.length > answer;
    return (
      <>
        <p>
          {words.group(list(slots), answer, slots.length)}{' '}
          <output>{!isOver && words.done(made.length, answer)}</output>
        </p>
        {isOver && (
          <output className="care">{words.over(made.length, answer, list(made.slice(0, answer)))}</output>
        )}
        {slot !== null && made.includes(slot) && uncounted.get(slot) === 'beyond-choice' && (
          <p className="care">{words.beyond}</p>
        )}
      </>
    );
  }

  const Choice: Choice = (props) => {
    const { slot, state, language, isListed } = props;
    const { branch } = counted(state.answers);
    const others = branches.filter(({ id }) => id !== branch).flatMap(({ slots }) => slots);
    const concerns = ({ slots }: { slots: readonly number[] }) => slot === null || slots.includes(slot);
    const mine = groups.filter(
      (group) => concerns(group) && !group.slots.some((one) => others.includes(one)),
    );
    const asksBranch = branches.length > 0 && (slot === null || branches.some(concerns));
    if (!asksBranch && mine.length === 0) return null;
    const notes = (
      <>
        {asksBranch && <Branches {...props} />}
        {mine.map((group) => (
          <GroupNote key={group.slots[0]} {...props} group={group} />
        ))}
      </>
    );
    if (isListed) return notes;
    return (
      <section className="choosing" aria-label={WORDS[language].choosing}>
        {notes}
      </section>
    );
  };

  /** Slots that do not count as things stand, each with whether what was answered or chosen has settled it. */
  function uncounted(answers: ExamState['answers']): Map<number, boolean> {
    const isGiven = (slot: number) => isAnswered(answers[slot] ?? null);
    const isChosen = isGiven(last) || branches.some(({ slots }) => slots.some(isGiven));
    const isFull = (slot: number) =>
      groups.some(({ answer, slots }) => slots.includes(slot) && slots.filter(isGiven).length >= answer);
    return new Map(
      [...counted(answers).uncounted].map(([slot, reason]) => [
        slot,
        reason === 'other-branch' ? isChosen : isFull(slot),
      ]),
    );
  }

  return { uncounted, Choice };
}
