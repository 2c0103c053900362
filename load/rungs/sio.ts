import { startSocketEcho } from '../servers/measured.ts';
import type { Side } from './side.ts';

/** What Socket.IO costs by itself: an event and its acknowledgement. */
export const sio: Side = {
  name: 'sio',
  start: startSocketEcho,
  client: (target) => ({ kind: 'io', target }),
};
