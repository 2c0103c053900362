// Engine.IO 4 and Socket.IO 5 over k6/websockets, with the framing done by hand: k6 speaks neither.
import { WebSocket } from 'k6/websockets';

const NAMESPACE = '/candidate';

/**
 * A connection to the candidates' namespace. Resolves when it has been taken.
 *
 * @param {{ base: string, ticket: string, onPush: (event: string, body: unknown) => void, onEnd: () => void }} options
 */
export function openLine({ base, ticket, onPush, onEnd }) {
  const address = `${base.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(address, null, { headers: { Origin: base } });
  const waiting = new Map();
  let next = 0;

  const line = {
    /** Sends an event and resolves with the answer; rejects when the line ends first. */
    ask(event, body) {
      const id = next++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        socket.send(`42${NAMESPACE},${id}${JSON.stringify([event, body])}`);
      });
    },
    end() {
      socket.close();
    },
  };

  return new Promise((resolve, reject) => {
    const ended = (why) => {
      reject(new Error(why));
      for (const asked of waiting.values()) asked.reject(new Error(why));
      waiting.clear();
      onEnd();
    };
    socket.addEventListener('message', ({ data }) => {
      if (data === '2') socket.send('3');
      else if (data.startsWith('0')) socket.send(`40${NAMESPACE},${JSON.stringify({ ticket })}`);
      else if (data.startsWith('40')) resolve(line);
      else if (data.startsWith('43')) {
        const { id, body } = parse(data);
        const asked = waiting.get(id);
        waiting.delete(id);
        if (asked) asked.resolve(body[0]);
      } else if (data.startsWith('42')) onPush(...parse(data).body);
      else socket.close();
    });
    socket.addEventListener('close', () => ended('the line has ended'));
    socket.addEventListener('error', ({ error }) => ended(String(error)));
  });
}

/** The number and the list of `43/candidate,7[…]`; an event without acknowledgement has no number. */
function parse(packet) {
  const start = 2 + NAMESPACE.length + 1;
  const bracket = packet.indexOf('[', start);
  return { id: Number(packet.slice(start, bracket)), body: JSON.parse(packet.slice(bracket)) };
}
