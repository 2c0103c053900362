/**
 * Opens connections of many candidates and holds them until it is killed: of each one that has joined, and as many
 * more as it is told. Tells when all are open; ends with an error when one of them is not, or does not stay.
 */
import pLimit from 'p-limit';
import { CANDIDATE_NAMESPACE } from '../../../dist/bank/protocol/index.js';
import { admit, fetchTicket } from '../../../dist/load/devices/admission.js';
import { SOCKET_QUERY, SocketLine } from '../../../dist/load/devices/socket-line.js';

const AT_ONCE = 32;
const lines = [];

process.on('disconnect', () => process.exit());
process.once('message', async ({ target, seats, more }) => {
  const limit = pLimit(AT_ONCE);
  await Promise.all(seats.map((seat) => limit(() => openAll(target, seat, more))));
  process.send('open');
});

async function openAll(target, seat, more) {
  await admit(target, seat, { pushed: () => undefined, closed });
  for (let i = 0; i < more; i++) await connect(target, seat);
}

async function connect(target, seat) {
  const auth = JSON.stringify({ ticket: await fetchTicket(target, seat) });
  const place = { ...target, path: `${target.path}${SOCKET_QUERY}` };
  await new Promise((connected) => {
    const events = { connected, pushed: () => undefined, closed };
    lines.push(new SocketLine(place, CANDIDATE_NAMESPACE, auth, events));
  });
}

function closed(why) {
  throw new Error(`a connection has ended: ${why}`);
}
