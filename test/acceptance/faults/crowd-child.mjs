/**
 * Opens connections of many candidates and holds them until it is killed: of each one that has joined, and as many
 * more as it is told. Tells when all are open; ends with an error when one of them is not, or does not stay.
 */
import { once } from 'node:events';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import pLimit from 'p-limit';
import { CANDIDATE_NAMESPACE } from '../../../dist/bank/protocol/index.js';
import { SOCKET_QUERY, SocketLine } from '../../../dist/load/devices/socket-line.js';

const AT_ONCE = 32;

process.on('disconnect', () => process.exit());
process.once('message', async ({ target, seats, more }) => {
  const limit = pLimit(AT_ONCE);
  await Promise.all(seats.map((seat) => limit(() => openAll(target, seat, more))));
  process.send('open');
});

async function openAll(target, seat, more) {
  await join(await connect(target, seat), seat);
  for (let i = 0; i < more; i++) await connect(target, seat);
}

async function connect(target, seat) {
  const auth = JSON.stringify({ ticket: await ticketOf(target, seat) });
  const place = { ...target, path: `${target.path}${SOCKET_QUERY}` };
  return new Promise((resolve) => {
    const connected = () => resolve(line);
    const line = new SocketLine(place, CANDIDATE_NAMESPACE, auth, {
      connected,
      pushed: () => undefined,
      closed,
    });
  });
}

/** On a connection of its own: one that is kept may be closed by the server just when it is used again. */
async function ticketOf({ host, port }, { token }) {
  const headers = { 'x-niem': '1', 'content-type': 'application/json', cookie: `niem=${token}` };
  const path = '/api/v1/candidate/ticket';
  const asked = request({ host, port, path, method: 'POST', headers, agent: false });
  asked.end('{}');
  const [answer] = await once(asked, 'response');
  return (await json(answer)).ticket;
}

async function join(line, { attempt }) {
  const reply = await new Promise((answered) => {
    line.ask('join', JSON.stringify({ device: `crowd-${attempt}` }), answered);
  });
  if (!reply.startsWith('[{"ok":true')) throw new Error(`a join was refused: ${reply.slice(0, 200)}`);
}

function closed(why) {
  throw new Error(`a connection has ended: ${why}`);
}
