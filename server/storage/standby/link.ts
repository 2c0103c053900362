import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { Unavailable } from '../store.ts';
import type { Agreement } from './agreement.ts';
import { explained } from './channel.ts';
import { encodeFrame, FIRST_FRAME_BYTES, readFrames } from './frames.ts';
import {
  PROTOCOL,
  ProtocolError,
  readMessage,
  type RefusalCode,
  type StandbyPosition,
  type ToPrimary,
  type ToStandby,
} from './messages.ts';
import { createShipping, type Source } from './shipping.ts';

export interface LinkOptions {
  /** The standby in the words of the settings, for sentences. */
  peer: string;
  /** Opens a connection to the standby. */
  dial(): Promise<Duplex>;
  agreement: Agreement;
  installation: string;
  term: number;
  version: string;
  /** The standby has seen a newer primary; awaited before anything else is done. */
  onSuperseded(term: number): Promise<Error>;
  /** The standby is lost, or its loss has another reason than before; null when it is in step again. */
  onChange(reason: Error | null): void;
  /** Milliseconds for which an answer is waited for; 15 s when not given. */
  patienceMs?: number;
  /** Milliseconds between two attempts; 1 s when not given. */
  retryMs?: number;
}

/** The primary's side of the connection, kept up for as long as the server runs. */
export interface StandbyLink {
  /** There is something new to ship. */
  poke(): void;
  stop(): Promise<void>;
}

/** A standby that is idle is asked so often whether it is still there. */
const IDLE_MS = 2_000;

/** TLS 1.3 lets a client believe that it is connected before the other side has looked at its certificate. */
const NOT_KNOWN =
  'The standby has closed the connection before a word was said: it refuses the certificate of this side. What it ' +
  'says about it stands in its own output; check NIEM_STANDBY_TLS_CERT and NIEM_STANDBY_TLS_CA on both.';

const REFUSALS: Record<Exclude<RefusalCode, 'superseded'>, string> = {
  'other-installation':
    'The standby belongs to another installation. Give it an empty data folder, or correct NIEM_STANDBY.',
  'other-version': 'The standby runs another version of Niêm. Run the same version on both computers.',
  'does-not-follow':
    'The standby holds something else than this server sent. It is asked again what it has; if this comes back, ' +
    'empty its data folder and start it again.',
};

/** The standby takes nothing. */
class Refused extends Error {
  readonly code: RefusalCode;
  readonly term: number;
  constructor({ code, term }: ToPrimary & { t: 'refuse' }) {
    super(code === 'superseded' ? 'The standby has seen a newer primary.' : REFUSALS[code]);
    this.name = 'Refused';
    this.code = code;
    this.term = term;
  }
}

export function openLink(source: Source, options: LinkOptions): StandbyLink {
  const { dial, agreement, patienceMs = 15_000, retryMs = 1_000 } = options;
  const stopping = new AbortController();
  let socket: Duplex | null = null;
  let reported: string | null = null;
  const news = createSignal();

  function report(reason: Error | null): void {
    const message = reason?.message ?? '';
    if (message === reported) return;
    reported = message;
    options.onChange(reason);
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        socket = await dial();
        await session(socket);
      } catch (error) {
        agreement.enter('absent');
        if (error instanceof Refused && error.code === 'superseded') {
          await giveUp(error.term);
          return;
        }
        if (!stopping.signal.aborted) report(explained(error, options.peer));
      } finally {
        socket?.destroy();
        socket = null;
      }
      await pause(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  async function giveUp(term: number): Promise<void> {
    const reason = new Unavailable('A standby was promoted; this server acknowledges nothing any more.');
    agreement.end(reason);
    options.onChange(await options.onSuperseded(term));
  }

  async function session(connected: Duplex): Promise<void> {
    connected.once('close', news.tell);
    const replies = readFrames(connected, () => FIRST_FRAME_BYTES);
    let asked = 0;
    const call = async (message: ToStandby, parts?: readonly Buffer[]): Promise<ToPrimary> => {
      const number = asked++;
      connected.write(encodeFrame(number, message, parts));
      const timer = setTimeout(
        () => connected.destroy(new Error(`The standby has not answered within ${patienceMs / 1000} s.`)),
        patienceMs,
      );
      try {
        const reply = await replies.next();
        if (reply.done) throw new Error(number === 0 ? NOT_KNOWN : 'The standby has closed the connection.');
        if (reply.value.number !== number) throw new ProtocolError('the standby answers another question');
        const answer = readMessage('primary', reply.value.message);
        if (answer.t === 'refuse') throw new Refused(answer);
        return answer;
      } finally {
        clearTimeout(timer);
      }
    };
    const shipping = await createShipping(source, await greet(call), async (message, parts) => {
      const { t } = await call(message, parts);
      if (t !== 'done') throw new ProtocolError('the standby answers something else than it was asked');
    });
    agreement.confirm(shipping.confirmed());
    agreement.enter('behind');
    while (!stopping.signal.aborted) {
      const seen = news.count();
      const { batch } = source.place();
      const { seq } = source.commits.head();
      const wasMore = await shipping.next();
      const confirmed = shipping.confirmed();
      agreement.confirm(confirmed);
      if (confirmed.batch >= batch && confirmed.seq >= seq) {
        agreement.enter('in-step');
        report(null);
      }
      if (!wasMore && !(await news.later(seen, IDLE_MS))) await shipping.rest();
    }
  }

  async function greet(call: (message: ToStandby) => Promise<ToPrimary>): Promise<StandbyPosition> {
    const { installation, term, version } = options;
    const reply = await call({ t: 'hello', protocol: PROTOCOL, installation, term, version });
    if (reply.t !== 'state') throw new ProtocolError('the standby does not say what it has');
    return reply;
  }

  const running = run();
  return {
    poke: news.tell,
    async stop() {
      stopping.abort();
      news.tell();
      socket?.destroy();
      await running;
    },
  };
}

/** Counts news, and lets one wait for the next. */
function createSignal() {
  let count = 0;
  let wake: () => void = () => undefined;
  return {
    count: () => count,
    tell() {
      count++;
      wake();
    },
    /** True as soon as there is more than `seen`; false when there is not within this time. */
    async later(seen: number, ms: number): Promise<boolean> {
      if (count > seen) return true;
      let timer: ReturnType<typeof setTimeout> | undefined;
      await new Promise<void>((resolve) => {
        wake = resolve;
        timer = setTimeout(resolve, ms);
        timer.unref();
      });
      clearTimeout(timer);
      return count > seen;
    },
  };
}
