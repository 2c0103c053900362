import type { Logger } from 'pino';
import type { Server, Socket } from 'socket.io';
import {
  BEAT_MS,
  DomainError,
  isAllowed,
  STAFF_EVENTS,
  STAFF_NAMESPACE,
  type Beat,
  type DevicesPush,
  type PresencePush,
  type Refused,
  type Watch,
  type Watching,
} from '#bank/protocol';
import { inSlices, type Delivery } from '#server/delivery';
import { visibleExam } from '#server/exams';
import { refusalOf, validator, type Clock, type SessionInfo } from '#server/http';
import type { Store } from '#server/storage';
import { createFeed, type Feed } from './feed.ts';

interface WallDeps {
  store: Store;
  clock: Clock;
  delivery: Pick<Delivery, 'presence' | 'watch'>;
  log: Logger;
  /** Who calls with these cookies, as of now. */
  callerOf(cookies: string | undefined): Promise<SessionInfo | null>;
}

type StaffActor = Extract<SessionInfo['actor'], { kind: 'staff' }>;

/** One open page. */
interface Viewer {
  readonly user: string;
  /** The exam that it watches; null before it has said so. */
  readonly exam: string | null;
  /** Cuts it off if it may not look any more. */
  recheck(): Promise<void>;
  beat(beat: Beat): void;
  devices(push: DevicesPush): void;
}

/** What invigilators see of a room without asking. */
export interface Wall {
  /** Puts the namespace of staff on the sockets of a server; they let in pages of this server only. */
  attach(io: Server): void;
  /** Somebody's session has ended, or what they may do has changed. */
  recheck(user: string): Promise<void>;
  /** Other devices of the exam wait than before. */
  devicesChanged(exam: string): Promise<void>;
  stop(): void;
}

export function createWall(deps: WallDeps): Wall {
  const { clock, log, store } = deps;
  const checkWatch = validator(STAFF_EVENTS.watch, 'body');
  const viewers = new Set<Viewer>();
  const feeds = new Map<string, Feed>();
  let beating: ReturnType<typeof setInterval> | null = null;

  /** @throws DomainError `sign-in-required`, `forbidden`, `not-found` for an exam that they may not see */
  async function admit(socket: Socket, exam: string | null): Promise<StaffActor> {
    const actor = (await deps.callerOf(socket.handshake.headers.cookie))?.actor ?? null;
    if (!actor) throw new DomainError('sign-in-required', 401);
    if (actor.kind !== 'staff' || !isAllowed(actor, 'exams.watch')) throw new DomainError('forbidden', 403);
    if (exam !== null) await visibleExam(store, actor, exam);
    return actor;
  }

  function feedOf(exam: string): Feed {
    const known = feeds.get(exam);
    if (known) return known;
    const stateOf = async () => (await store.get('exams', exam))?.state ?? 'closed';
    const feed = createFeed({ ...deps, stateOf }, exam, () => feeds.delete(exam));
    feeds.set(exam, feed);
    return feed;
  }

  async function beat(): Promise<void> {
    await inSlices([...viewers], async (viewer) => {
      await viewer.recheck();
      viewer.beat({ now: clock.now() });
    });
  }

  function open(viewer: Viewer): void {
    viewers.add(viewer);
    beating ??= setInterval(() => {
      beat().catch((error: unknown) => log.error({ err: error }, 'who watches could not be told'));
    }, BEAT_MS);
    beating.unref();
  }

  function close(viewer: Viewer): void {
    viewers.delete(viewer);
    if (viewers.size === 0) stop();
  }

  function stop(): void {
    if (beating) clearInterval(beating);
    beating = null;
  }

  function serve(socket: Socket, actor: StaffActor): void {
    let exam: string | null = null;
    let leave = () => {};
    const viewer: Viewer = {
      user: actor.user,
      get exam() {
        return exam;
      },
      recheck: () => admit(socket, exam).then(done, () => void socket.disconnect(true)),
      beat: (message) => void socket.emit('beat', message),
      devices: (message) => void socket.emit('devices', message),
    };

    async function watch(body: Watch): Promise<Watching> {
      ({ exam } = body);
      await admit(socket, exam);
      if (socket.connected)
        leave = feedOf(exam).show((push: PresencePush) => void socket.emit('presence', push));
      return { ok: true, now: clock.now() };
    }

    socket.onAny((event: string, body: unknown, acknowledge: unknown) => {
      if (event !== 'watch' || typeof acknowledge !== 'function' || exam !== null) {
        socket.disconnect(true);
        return;
      }
      const reply = acknowledge as (reply: Watching | Refused) => void;
      const watching = async () => watch(checkWatch(body) as Watch);
      watching().then(reply, (error: unknown) => {
        reply(refusalOf(error, log));
        socket.disconnect();
      });
    });
    socket.on('disconnect', () => {
      leave();
      close(viewer);
    });
    open(viewer);
  }

  return {
    attach(io) {
      const staff = io.of(STAFF_NAMESPACE);
      staff.use((socket, next) => {
        const enter = (actor: StaffActor) => {
          socket.data = actor;
          next();
        };
        admit(socket, null).then(enter, (error: unknown) => next(new Error(refusalOf(error, log).code)));
      });
      staff.on('connection', (socket) => serve(socket, socket.data as StaffActor));
    },
    recheck: (user) =>
      inSlices(
        [...viewers].filter((viewer) => viewer.user === user),
        (viewer) => viewer.recheck(),
      ),
    devicesChanged: (exam) =>
      inSlices(
        [...viewers].filter((viewer) => viewer.exam === exam),
        async (viewer) => viewer.devices({ exam }),
      ),
    stop,
  };
}

function done(): void {}
