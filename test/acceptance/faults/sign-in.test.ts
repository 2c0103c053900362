import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AccessSlips, Problem } from '#bank/protocol';
import { expectNothingLost, openRoom, signedIn, whileSaving, type Room } from '../../support/room.ts';
import { openSchool, type RunningSchool } from '../../support/server.ts';

const PUPILS = 20;
/** Wrong codes for each number, more than are free at one seat and, over the whole room, at one address. */
const ROUNDS = 15;
const AFAR = '127.0.0.9';

let stage: RunningSchool;
let room: Room;
let codes: string[];

beforeAll(async () => {
  stage = await openSchool();
  room = await openRoom(stage, { candidates: 10, others: PUPILS });
  codes = await whileSaving(room.candidates, guessAll);
});

describe('wrong codes that are typed in sequence against the numbers of a whole room', () => {
  it('are slowed down by seat and by address', () => {
    const counted = (code: string) => codes.filter((other) => other === code).length;
    expect(new Set(codes)).toEqual(new Set(['wrong-credentials', 'too-many-requests']));
    expect(counted('wrong-credentials')).toBeLessThanOrEqual(5 * PUPILS);
  });

  it('stop at one address, however many numbers they are spread over', async () => {
    const spread = await Promise.all(Array.from({ length: 150 }, (_, i) => guess(`${5001 + i}`, 'AAAAAAAA')));
    expect(spread).toContain('wrong-credentials');
    expect(spread).toContain('too-many-requests');
  });

  it('keep nobody out who types the right code at another address, at once', async () => {
    const { others } = room;
    for (let i = 0; i < PUPILS; i++) {
      const api = await signedIn(stage.url, others, i);
      expect(await api.get('/candidate/me')).toMatchObject({ number: others.slips[i]?.number });
    }
  });

  it('keep nobody out behind the same address whose page has named its device', async () => {
    const { others } = room;
    for (const { number, code } of others.slips) {
      const opened = await fromAfar('GET', 'me');
      const cookie = opened.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
      await text(opened);
      const answer = await fromAfar('POST', 'sign-in', { exam: others.exam, number, code }, cookie);
      // signed in at the other address: who is told so has given the right code
      expect(JSON.parse(await text(answer))).toMatchObject({ code: 'second-sign-in' });
    }
  });

  it('are not noticed by those who save', async () => {
    for (const { joins } of room.candidates) expect(joins).toBe(1);
    await expectNothingLost(room.candidates);
  });
});

async function guessAll(): Promise<string[]> {
  const numbers = (room.others satisfies AccessSlips).slips.map(({ number }) => number);
  const outcomes: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const number of numbers) outcomes.push(await guess(number, `AAAAAA${10 + round}`));
  }
  return outcomes;
}

/** Tries a code from the address afar; gives the code of the refusal. */
async function guess(number: string, code: string): Promise<string> {
  const answer = await fromAfar('POST', 'sign-in', { exam: room.others.exam, number, code });
  return (JSON.parse(await text(answer)) as Problem).code;
}

async function fromAfar(method: string, path: string, body?: object, cookie = ''): Promise<IncomingMessage> {
  const sent = request(`${stage.url}/api/v1/candidate/${path}`, {
    method,
    localAddress: AFAR,
    headers: { 'x-niem': '1', 'content-type': 'application/json', cookie },
  });
  sent.end(body && JSON.stringify(body));
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return answer;
}
