import { saveBody } from './answers.ts';
import type { Device, OnAnswer } from './device.ts';
import { SOCKET_QUERY, SocketLine } from './socket-line.ts';
import { WebSocketLine, type Target } from './web-socket.ts';

/** The floor under everything: the bytes of a save go out on a WebSocket and come back. */
export function openWebSocketEcho(target: Target): Promise<Device> {
  return new Promise((resolve, reject) => {
    let onAnswer: OnAnswer | null = null;
    let cutOff: string | null = null;
    let seq = 0;
    const line = new WebSocketLine(target, {
      open: () =>
        resolve({
          say(answered) {
            onAnswer = answered;
            seq++;
            line.send(`42/candidate,${seq}["save",${saveBody(1, seq)}]`);
          },
          end: () => line.end(),
          get cutOff() {
            return cutOff;
          },
          pushed: 0,
        }),
      text: () => onAnswer?.(true),
      closed(why) {
        cutOff = why;
        reject(new Error(why ?? 'ended'));
      },
    });
  });
}

/** The same bytes as an event that a Socket.IO server acknowledges without doing anything. */
export function openSocketEcho(target: Target): Promise<Device> {
  return new Promise((resolve, reject) => {
    let cutOff: string | null = null;
    let seq = 0;
    const line = new SocketLine({ ...target, path: `${target.path}${SOCKET_QUERY}` }, '/candidate', '', {
      connected: () =>
        resolve({
          say(answered) {
            seq++;
            line.ask('save', saveBody(1, seq), (text) => answered(text.startsWith('[{"ok":true')));
          },
          end: () => line.end(),
          get cutOff() {
            return cutOff;
          },
          pushed: 0,
        }),
      pushed: () => undefined,
      closed(why) {
        cutOff = why;
        reject(new Error(why ?? 'ended'));
      },
    });
  });
}
