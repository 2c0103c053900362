import { mongo } from 'mongoose';
import { expect, test } from 'vitest';
import { CannotRun } from '#server/storage/contract';
import { stepDown, type Admin } from '../../../server/doctor/step-down.ts';

const never = new AbortController().signal;
type Answer = object | Error;

/** Answers `hello` from the list, in its order, and the step down with `answer`. */
function adminThat(hellos: Answer[], answer: Answer): { admin: Admin; asked: string[] } {
  const asked: string[] = [];
  const command: Admin['command'] = async (what) => {
    const [name = ''] = Object.keys(what);
    asked.push(name);
    const reply = name === 'hello' ? hellos.shift() : name === 'replSetStepDown' ? answer : undefined;
    if (!reply || reply instanceof Error) throw reply ?? new Error(`not asked for: ${name}`);
    return reply;
  };
  return { admin: { command }, asked };
}

const primary = (electionId: string) => ({ isWritablePrimary: true, electionId });

test('a step down is over once another election has a primary, also when the old one hung up', async () => {
  for (const answer of [{ ok: 1 }, new mongo.MongoNetworkError('connection closed')]) {
    const hellos = [primary('7'), { isWritablePrimary: false }, primary('7'), primary('8')];
    const { admin, asked } = adminThat(hellos, answer);
    await stepDown(admin, never);
    expect(hellos).toEqual([]);
    expect(asked.slice(0, 2)).toEqual(['hello', 'replSetStepDown']);
  }
});

test('a step down is skipped for a user who may not, and fails when nobody else can be elected', async () => {
  const mayNot = adminThat(
    [primary('7')],
    new mongo.MongoServerError({ code: 13, message: 'not authorized' }),
  );
  await expect(stepDown(mayNot.admin, never)).rejects.toThrow(CannotRun);
  const nobody = new mongo.MongoServerError({ code: 262, message: 'No electable secondaries caught up' });
  await expect(stepDown(adminThat([primary('7')], nobody).admin, never)).rejects.toThrow(/No electable/);
});

test('a step down ends when its time is over', async () => {
  const { admin } = adminThat([primary('7'), primary('7')], { ok: 1 });
  await expect(stepDown(admin, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
});
