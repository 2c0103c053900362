import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  CANDIDATE_NAMESPACE,
  type FetchedPaper,
  type JoinReply,
  type Response,
  type SaveEntry,
  type SaveReply,
  type StateWord,
  type SubmitReply,
} from '#bank/protocol';
import { io, type Socket } from 'socket.io-client';
import { ApiClient } from './api-client.ts';
import { fetchPaper } from './fetch-paper.ts';
import { openPaper, type OpenedSlot } from './open-paper.ts';

/** Entries per message, below the server's limit. */
const BATCH = 20;
const REPLY_WITHIN_MS = 2_000;
const RECONNECT_MS = 100;

/**
 * A candidate played by a program through the interfaces that a browser uses: sign-in over HTTP, a ticket, answers
 * over Socket.IO. Keeps its entries until they are acknowledged and sends them again after a reconnect.
 */
export class PlayedCandidate {
  readonly number: string;
  readonly api: ApiClient;
  /** Highest sequence number that the server has acknowledged. */
  acknowledged = 0;
  receipt: string | null = null;
  /** How often it came in: once, where its line never ended. */
  joins = 0;
  /** How often the server has said that it leaves. */
  farewells = 0;
  paper: OpenedSlot[] = [];
  /** Every answer given, by its sequence number less one. */
  readonly given: SaveEntry[] = [];
  #socket: Socket | null = null;
  #sealed: FetchedPaper | null = null;
  #epoch = 0;
  #left = false;
  /** Replaced only once it was open, so that nobody waits at a gate that is gone. */
  #joined = new Gate();
  readonly #opened = new Gate();
  readonly #device = `played-${randomBytes(8).toString('hex')}`;

  constructor(base: string, number: string) {
    this.api = new ApiClient(base);
    this.number = number;
  }

  /** Signs in and fetches the sealed paper, as pages do while candidates wait. */
  async signIn(exam: string, code: string): Promise<void> {
    await this.api.post('/candidate/sign-in', { exam, number: this.number, code });
    this.#sealed = await fetchPaper(this.api);
  }

  /** Connects and stays connected: every (re)connection fetches a fresh ticket and joins before anything else. */
  async connect(): Promise<void> {
    const socket = io(`${this.api.base}${CANDIDATE_NAMESPACE}`, {
      transports: ['websocket'],
      reconnectionDelay: RECONNECT_MS,
      reconnectionDelayMax: 5 * RECONNECT_MS,
      forceNew: true,
      extraHeaders: { origin: this.api.base },
      auth: (give) => {
        this.api.post<{ ticket: string }>('/candidate/ticket').then(give, () => give({}));
      },
    });
    this.#socket = socket;
    const again = () => setTimeout(() => this.#left || socket.connect(), RECONNECT_MS);
    socket.on('connect', () => void this.#join());
    socket.on('state', (word: StateWord) => void this.#onState(word));
    socket.on('bye', () => this.farewells++);
    socket.on('connect_error', () => socket.active || again());
    socket.on('disconnect', (reason) => {
      if (this.#joined.isOpen) this.#joined = new Gate();
      if (reason === 'io server disconnect') again();
    });
    await this.#joined.passed;
  }

  /** Resolves once the paper could be opened, that is when the exam has begun. */
  opened(): Promise<void> {
    return this.#opened.passed;
  }

  /** Answers one slot without waiting: this travels with the next answer that is waited for. Gives its number. */
  give(slot: number, response: Response): number {
    const seq = this.given.length + 1;
    this.given.push({ seq, slot, response });
    return seq;
  }

  /**
   * Answers one slot and waits until the server has acknowledged it, across reconnections.
   *
   * @throws Refusal with the code of the server, or `answers-lost` when it no longer knows what it had acknowledged
   */
  async answer(slot: number, response: Response): Promise<void> {
    const seq = this.give(slot, response);
    while (this.acknowledged < seq) {
      const entries = this.given.slice(this.acknowledged, this.acknowledged + BATCH);
      const reply = await this.#ask<SaveReply>('save', (epoch) => ({ epoch, entries }));
      if (reply?.ok && reply.watermark < this.acknowledged) throw new Refusal('A save', 'answers-lost');
      if (reply?.ok) this.acknowledged = reply.watermark;
      else if (reply) throw new Refusal('A save', reply.code);
    }
  }

  async submit(): Promise<string> {
    for (;;) {
      const reply = await this.#ask<SubmitReply>('submit', (epoch) => ({
        epoch,
        lastSeq: this.given.length,
      }));
      if (reply?.ok) return (this.receipt = reply.receipt);
      if (reply) throw new Refusal('A submission', reply.code);
    }
  }

  /** Asks the server what it holds, and counts the acknowledged answers that it does not hold. */
  async countLost(): Promise<number> {
    const held = await this.api.post<JoinReply>('/candidate/join', { device: this.#device });
    if (!held.ok) throw new Refusal('Looking back', held.code);
    const latest = new Map<number, SaveEntry>();
    for (const entry of this.given.slice(0, this.acknowledged)) latest.set(entry.slot, entry);
    const answers = new Map(held.answers.map((answer) => [answer.slot, answer]));
    const missing = [...latest.values()].filter((entry) => {
      const answer = answers.get(entry.slot);
      if (answer && answer.seq > entry.seq) return false;
      return answer?.seq !== entry.seq || !isDeepStrictEqual(answer.response, entry.response);
    });
    return missing.length + Math.max(0, this.acknowledged - held.watermark);
  }

  close(): void {
    this.#left = true;
    this.#socket?.disconnect();
  }

  async #join(): Promise<void> {
    const reply = await this.#emit<JoinReply>('join', { device: this.#device });
    if (!reply?.ok) {
      this.#socket?.disconnect().connect();
      return;
    }
    this.#epoch = reply.epoch;
    this.acknowledged = Math.max(this.acknowledged, reply.watermark);
    await this.#onState(reply);
    this.joins++;
    this.#joined.open();
  }

  async #onState({ sectionKey }: StateWord): Promise<void> {
    if (!sectionKey || !this.#sealed || this.paper.length > 0) return;
    this.paper = await openPaper(this.#sealed, sectionKey);
    this.#opened.open();
  }

  /** One question to the server once it is joined; null when no answer came, so that the caller asks again. */
  async #ask<T>(event: string, body: (epoch: number) => unknown): Promise<T | null> {
    await this.#joined.passed;
    return this.#emit<T>(event, body(this.#epoch));
  }

  async #emit<T>(event: string, body: unknown): Promise<T | null> {
    try {
      return (await this.#socket?.timeout(REPLY_WITHIN_MS).emitWithAck(event, body)) as T;
    } catch {
      return null;
    }
  }
}

/** Something that is waited for, and opened once. */
class Gate {
  isOpen = false;
  #pass!: () => void;
  readonly passed = new Promise<void>((resolve) => (this.#pass = resolve));

  open(): void {
    this.isOpen = true;
    this.#pass();
  }
}

/** The rules of the exam did not allow it; sending it again would not help. */
export class Refusal extends Error {
  readonly code: string;
  constructor(what: string, code: string) {
    super(`${what} was refused: ${code}`);
    this.name = 'Refusal';
    this.code = code;
  }
}
