import { startWebSocketEcho } from '../servers/measured.ts';
import type { Side } from './side.ts';

/** The floor: bytes out and back on a WebSocket of the same library. */
export const floor: Side = {
  name: 'floor',
  start: startWebSocketEcho,
  client: (target) => ({ kind: 'ws', target }),
};
