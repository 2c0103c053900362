import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { CANDIDATE_NAMESPACE, SOCKET_PATH } from '#bank/protocol';
import type { ApiClient } from '../../../scripts/steps/api-client.ts';
import { ticketOf } from '../../support/dial.ts';
import { expectNothingLost, openRoom, signedIn, whileSaving, type Room } from '../../support/room.ts';
import { openSchool, type RunningSchool } from '../../support/server.ts';

const SAVERS = 20;
const HALF_OPEN = 1_000;
const TICKET_MS = 30_000;
const DAY_MS = 86_400_000;
/** More refusals of one kind than a connection survives. */
const MANY = 60;

let stage: RunningSchool;
let room: Room;
let bad: ApiClient;
let old: { ticket: string; over: Promise<void> };

beforeAll(async () => {
  stage = await openSchool();
  room = await openRoom(stage, { candidates: SAVERS, others: 1 });
  bad = await signedIn(stage.url, room.others, 0);
  const ticket = await ticketOf(bad);
  old = { ticket, over: new Promise((resolve) => setTimeout(resolve, TICKET_MS)) };
});

/** Everybody else goes on meanwhile: no line ends, and every answer is acknowledged. */
async function unnoticed(act: () => Promise<unknown>): Promise<void> {
  await whileSaving(room.candidates, act);
  for (const { joins, acknowledged, given } of room.candidates) {
    expect({ joins, acknowledged }).toEqual({ joins: 1, acknowledged: given.length });
  }
}

describe('a client is cut off, and the others do not notice, when it', () => {
  const save = (entries: unknown) =>
    `42${CANDIDATE_NAMESPACE},7["save",${JSON.stringify({ epoch: 1, entries })}]`;
  const entry = { seq: 1, slot: 0, response: { x: '2' } };
  const repeated = (text: string, times: number) => Array.from({ length: times }, () => text);

  it.each<[string, () => (string | Buffer)[]]>([
    ['sends a frame of 70 KiB', () => [save([{ ...entry, response: { x: 'x'.repeat(70 * 1024) } }])]],
    ['sends ten thousand messages at once', () => repeated(save([entry]), 10_000)],
    ['sends binary junk', () => [randomBytes(1_000)]],
    ['sends junk as text', () => [randomBytes(600).toString('base64')]],
    ['sends an event that does not exist', () => [`42${CANDIDATE_NAMESPACE},7["answers",{}]`]],
    ['sends an event that Object has', () => [`42${CANDIDATE_NAMESPACE},7["constructor",{}]`]],
    ['numbers answers with texts', () => repeated(save([{ ...entry, seq: '1' }]), MANY)],
    ['numbers answers with halves', () => repeated(save([{ ...entry, seq: 1.5 }]), MANY)],
    ['numbers answers with lists', () => repeated(save([{ ...entry, seq: [1] }]), MANY)],
    ['numbers answers below zero', () => repeated(save([{ ...entry, seq: -1 }]), MANY)],
    [
      'brings the time of its own clock, a day off',
      () => repeated(save([{ ...entry, at: Date.now() - DAY_MS }]), MANY),
    ],
  ])('%s', async (_name, messages) => {
    await unnoticed(async () => {
      const line = await joined();
      const ended = once(line, 'close');
      for (const message of messages()) line.send(message);
      await ended;
    });
    expect(await bad.post('/candidate/join', { device: 'bad' })).toMatchObject({
      ok: true,
      answers: expect.any(Array),
    });
  });

  it('sends bytes that are no frames', async () => {
    await unnoticed(async () => {
      const line = await tcp();
      const ended = once(line, 'close');
      line.write(upgrade());
      await once(line, 'data');
      line.resume();
      line.write(Buffer.alloc(4_000, 0xff));
      await ended;
      expect(line.destroyed).toBe(true);
    });
  });

  it('leaves a thousand handshakes half done, and a thousand requests', async () => {
    await unnoticed(async () => {
      const lines = await Promise.all(Array.from({ length: 2 * HALF_OPEN }, tcp));
      const ended = lines.map((line) => once(line, 'close'));
      lines.forEach((line, i) => {
        line.resume();
        line.write(i % 2 === 0 ? upgrade() : upgrade().slice(0, -4));
      });
      await Promise.all(ended);
      expect(lines.filter((line) => !line.destroyed)).toEqual([]);
    });
  }, 120_000);
});

describe('a connection is refused, and the others do not notice, when', () => {
  it.each<[string, ClientOptions]>([
    ['its origin is missing', {}],
    ['its origin is foreign', { origin: 'https://evil.example' }],
    ['its origin is null', { origin: 'null' }],
  ])('%s', async (_name, options) => {
    await unnoticed(async () => {
      const line = new WebSocket(socketUrl(), options);
      const [error] = (await once(line, 'error')) as [Error];
      expect(error.message).toBe('Unexpected server response: 400');
    });
  });

  it('its ticket was used before', async () => {
    await unnoticed(async () => {
      const ticket = await ticketOf(bad);
      expect(await admitted(ticket)).toBe(true);
      expect(await admitted(ticket)).toBe(false);
    });
  });

  it('its ticket stands in the address', async () => {
    await unnoticed(async () => {
      expect(await admitted(undefined, `&ticket=${await ticketOf(bad)}`)).toBe(false);
    });
  });

  it('its ticket is older than thirty seconds', async () => {
    await unnoticed(async () => {
      await old.over;
      expect(await admitted(old.ticket)).toBe(false);
    });
  });
});

/** Comes last, because looking back takes the attempt from the line that has it. */
describe('after all this', () => {
  it('every acknowledged answer of the others is there', async () => {
    expect(room.candidates).toHaveLength(SAVERS);
    await expectNothingLost(room.candidates);
  });
});

function socketUrl(query = ''): string {
  return `${stage.url.replace('http', 'ws')}${SOCKET_PATH}/?EIO=4&transport=websocket${query}`;
}

/** Whether a connection with this ticket is let in. */
async function admitted(ticket: string | undefined, query = ''): Promise<boolean> {
  const line = new WebSocket(socketUrl(query), { origin: stage.url });
  onTestFinished(() => line.terminate());
  const answered = new Promise<boolean>((resolve) => {
    line.on('message', (message: Buffer) => {
      const packet = message.toString();
      if (packet.startsWith('40') || packet.startsWith('44')) resolve(packet.startsWith('40'));
    });
  });
  await once(line, 'open');
  line.send(`40${CANDIDATE_NAMESPACE},${JSON.stringify({ ticket })}`);
  return answered;
}

/** The bad candidate's connection, let in and joined, on which anything can be sent. */
async function joined(): Promise<WebSocket> {
  const line = new WebSocket(socketUrl(), { origin: stage.url });
  onTestFinished(() => line.terminate());
  line.on('error', () => undefined);
  await once(line, 'open');
  const ready = new Promise<void>((resolve) => {
    line.on('message', (message: Buffer) => {
      const packet = message.toString();
      if (packet.startsWith('40')) line.send(`42${CANDIDATE_NAMESPACE},1["join",{"device":"bad"}]`);
      if (packet.startsWith(`43${CANDIDATE_NAMESPACE},1[{"ok":true`)) resolve();
    });
  });
  line.send(`40${CANDIDATE_NAMESPACE},${JSON.stringify({ ticket: await ticketOf(bad) })}`);
  await ready;
  return line;
}

async function tcp(): Promise<Socket> {
  const { hostname, port } = new URL(stage.url);
  const line = connect(Number(port), hostname);
  line.on('error', () => undefined);
  onTestFinished(() => void line.destroy());
  await once(line, 'connect');
  return line;
}

function upgrade(): string {
  const { host } = new URL(stage.url);
  return [
    `GET ${SOCKET_PATH}/?EIO=4&transport=websocket HTTP/1.1`,
    `Host: ${host}`,
    `Origin: ${stage.url}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    'Sec-WebSocket-Version: 13',
    '\r\n',
  ].join('\r\n');
}
