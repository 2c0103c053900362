import type { DeviceSpec, Seat } from '../devices/device.ts';
import type { Target } from '../devices/web-socket.ts';
import type { MeasuredServer } from '../servers/measured.ts';
import type { Bench } from './rung.ts';

/** One side of a comparison: a server and who speaks to it. */
export interface Side {
  name: string;
  start(bench: Bench): Promise<MeasuredServer>;
  client(target: Target, seat: Seat): DeviceSpec;
}
