import { io } from 'socket.io-client';
import {
  SOCKET_PATH,
  STAFF_NAMESPACE,
  type Beat,
  type DevicesPush,
  type PresencePush,
  type Refused,
  type Watching,
} from '#bank/protocol';

const CONNECT_TIMEOUT_MS = 8_000;
const LONGEST_PAUSE_MS = 15_000;

export interface WallEvents {
  onOpen(): void;
  onPush(push: PresencePush): void;
  onBeat(beat: Beat): void;
  onDevices(push: DevicesPush): void;
  onClose(): void;
}

/** Hears of an exam until what it gives is called; comes back by itself unless the server has sent it away. */
export function openWallSocket(exam: string, events: WallEvents): () => void {
  const socket = io(STAFF_NAMESPACE, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    forceNew: true,
    timeout: CONNECT_TIMEOUT_MS,
    reconnectionDelayMax: LONGEST_PAUSE_MS,
  });
  socket.on('connect', () => {
    socket.emit('watch', { exam }, (reply: Watching | Refused) => reply.ok && events.onOpen());
  });
  socket.on('presence', events.onPush);
  socket.on('beat', events.onBeat);
  socket.on('devices', events.onDevices);
  socket.on('disconnect', events.onClose);
  return () => void socket.disconnect();
}
