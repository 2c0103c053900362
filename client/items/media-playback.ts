import type { MediaView } from '#bank/protocol';
import type { MediaSource } from './media-source.ts';

/** `asking`: how often it has been played is not known yet. */
export type PlaybackPhase = 'asking' | 'ready' | 'loading' | 'playing';

/** How a recording stands on this page. Times in seconds. */
export interface PlaybackState {
  phase: PlaybackPhase;
  number: number;
  /** A play that was broken off, and can go on. */
  broken: string | null;
  position: number;
  /** Why it did not play: a code of the server, `unanswered`, `unplayable`, or `blocked` by the browser. */
  trouble: string | null;
}

export interface Playback {
  state(): PlaybackState;
  /** The element that plays; to be shown where it has pictures or controls. */
  element: HTMLMediaElement;
  /** From 0 to 1. */
  setVolume(volume: number): void;
  /** Begins a play, or goes on with the one that was broken off. */
  start(): Promise<void>;
}

export interface Playbacks {
  of(run: MediaView): Playback;
  /** The recording that plays now, by address. */
  playing(): string | null;
  subscribe(listener: () => void): () => void;
}

const UNKNOWN: PlaybackState = { phase: 'asking', number: 0, broken: null, position: 0, trouble: null };
/** Between two tries to hear how a recording stands, in ms. */
const ASK_PAUSE = 3000;

function newPlay(): string {
  const binary = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)));
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}

const known = new WeakMap<MediaSource, Playbacks>();

/** The playbacks of a page: they go on while the candidate turns to other questions, and only one of them at a time. */
export function playbacksOf(source: MediaSource): Playbacks {
  const found = known.get(source) ?? createPlaybacks(source);
  known.set(source, found);
  return found;
}

function createPlaybacks(source: MediaSource): Playbacks {
  const all = new Map<string, Playback & { stop(): void }>();
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  source.onStop(() => {
    for (const playback of all.values()) playback.stop();
    all.clear();
    changed();
  });
  return {
    of(run) {
      const playback = all.get(run.media) ?? createPlayback(run, source, changed);
      all.set(run.media, playback);
      // an author may change how often it is played
      playback.element.controls = run.plays === undefined;
      return playback;
    },
    playing() {
      const entry = [...all].find(([, playback]) => isBusy(playback.state()));
      return entry?.[0] ?? null;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function isBusy({ phase }: PlaybackState): boolean {
  return phase === 'playing' || phase === 'loading';
}

function createPlayback(
  run: MediaView,
  source: MediaSource,
  changed: () => void,
): Playback & { stop(): void } {
  const { media, kind, plays, file } = run;
  const element = document.createElement(kind);
  let state = UNKNOWN;
  /** The play for which no answer has come; asked for again it costs nothing. */
  let unanswered: string | null = null;
  let address: string | null = null;
  let isOver = false;

  function set(part: Partial<PlaybackState>): void {
    if (isOver) return;
    state = { ...state, ...part };
    changed();
  }

  function release(): void {
    if (address) URL.revokeObjectURL(address);
    address = null;
    element.removeAttribute('src');
    element.load();
  }

  /** What may be played once more only by asking is not kept. */
  function end(): void {
    if (plays !== undefined) release();
    set({ phase: 'ready', position: 0 });
  }

  async function ask(): Promise<void> {
    if (isOver) return;
    try {
      const reply = await source.ask({ media });
      if (reply.ok) set({ phase: 'ready', number: reply.number, broken: reply.play ?? null });
      else set({ phase: 'ready', trouble: reply.code });
    } catch {
      setTimeout(() => void ask(), ASK_PAUSE);
    }
  }

  /** @returns seconds at which it begins; null when it was refused or not answered */
  async function takeKey(): Promise<{ at: number; key: string | undefined } | null> {
    const play = state.broken ?? (unanswered ??= newPlay());
    try {
      const reply = await source.ask({ media, play, ...(state.broken && { resume: true as const }) });
      unanswered = null;
      if (reply.ok) {
        set({ number: reply.number, broken: null });
        return { at: (reply.offset ?? 0) / 1000, key: reply.key };
      }
      set({ phase: 'ready', broken: null, trouble: reply.code });
    } catch {
      set({ phase: 'ready', trouble: 'unanswered' });
    }
    return null;
  }

  /** Plays what is here; a browser may want another press of the button. */
  async function playHere(): Promise<void> {
    try {
      await element.play();
      set({ phase: 'playing', trouble: null });
    } catch {
      set({ phase: 'ready', trouble: address ? 'blocked' : 'unplayable' });
    }
  }

  element.addEventListener('timeupdate', () => set({ position: element.currentTime }));
  element.addEventListener('ended', end);
  element.addEventListener('error', () => {
    if (!address) return;
    release();
    set({ phase: 'ready', trouble: 'unplayable' });
  });
  element.addEventListener('pause', () => {
    if (element.ended || isOver || !address || state.phase !== 'playing') return;
    if (plays === undefined) set({ phase: 'ready' });
    else void playHere();
  });
  void ask();

  return {
    state: () => state,
    element,
    setVolume(volume) {
      element.volume = volume;
    },
    async start() {
      if (isBusy(state)) return;
      set({ phase: 'loading', trouble: null });
      if (address) return playHere();
      try {
        await source.fetch(media, file);
      } catch {
        return set({ phase: 'ready', trouble: 'unanswered' });
      }
      const given = await takeKey();
      if (!given || isOver) return;
      try {
        address = URL.createObjectURL(await source.open(media, file, given.key));
        element.src = address;
        element.currentTime = given.at;
      } catch {
        return set({ phase: 'ready', trouble: 'unplayable' });
      }
      await playHere();
    },
    stop() {
      isOver = true;
      element.pause();
      release();
    },
  };
}
