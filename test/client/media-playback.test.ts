// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { MediaView, PlayReply } from '#bank/protocol';
import { playbacksOf } from '../../client/items/media-playback.ts';
import type { MediaSource, PlayRequest } from '../../client/items/media-source.ts';

const RUN: MediaView = { t: 'media', media: 'A', kind: 'audio', title: 'Bài nghe 1', plays: 2 };

/** A server of which the test says how each request is answered; an error stands for a lost line. */
function source(...replies: (PlayReply | Error)[]) {
  const asked: PlayRequest[] = [];
  const stops: (() => void)[] = [];
  const given: MediaSource = {
    async ask(request) {
      asked.push(request);
      const reply = replies.shift();
      if (!reply || reply instanceof Error) throw reply ?? new Error('nothing more was expected');
      return reply;
    },
    fetch: async () => {},
    open: async () => new Blob(['sound']),
    onStop: (stop) => void stops.push(stop),
  };
  return { given, asked, stop: () => stops.forEach((stop) => stop()) };
}

const heard = (number: number, more: object = {}): PlayReply => ({ ok: true, number, ...more });
const lost = () => new Error('no line');
const settled = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
  vi.spyOn(HTMLMediaElement.prototype, 'pause').mockReturnValue();
  vi.spyOn(HTMLMediaElement.prototype, 'load').mockReturnValue();
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:here');
  vi.spyOn(URL, 'revokeObjectURL').mockReturnValue();
});

describe('a player', () => {
  it('asks again for the same play when no answer came, and for another one after it', async () => {
    const { given, asked } = source(
      heard(0),
      lost(),
      heard(1, { offset: 0, key: 'k' }),
      heard(2, { offset: 0 }),
    );
    const playback = playbacksOf(given).of(RUN);
    await settled();
    await playback.start();
    expect(playback.state()).toMatchObject({ phase: 'ready', trouble: 'unanswered', number: 0 });
    await playback.start();
    expect(playback.state()).toMatchObject({ phase: 'playing', trouble: null, number: 1 });
    playback.element.dispatchEvent(new Event('ended'));
    await playback.start();
    const plays = asked.slice(1).map(({ play }) => play);
    expect(plays[0]).toBe(plays[1]);
    expect(plays[2]).not.toBe(plays[1]);
    expect(plays[2]).toMatch(/^[\w-]{22}$/);
  });

  it('goes on with a play that was broken off, from where it would be', async () => {
    const { given, asked } = source(
      heard(1, { play: 'P', offset: 3000 }),
      heard(1, { offset: 4500, key: 'k' }),
    );
    const playback = playbacksOf(given).of(RUN);
    await settled();
    await playback.start();
    expect(asked[1]).toEqual({ media: 'A', play: 'P', resume: true });
    expect(playback.element.currentTime).toBe(4.5);
  });

  it('keeps nothing of a play that has ended or was stopped, and asks anew how it stands', async () => {
    const { given, asked, stop } = source(
      heard(0),
      heard(1, { offset: 0 }),
      heard(1, { play: 'P', offset: 10 }),
    );
    const playbacks = playbacksOf(given);
    const playback = playbacks.of(RUN);
    await settled();
    await playback.start();
    expect(playbacks.playing()).toBe('A');
    stop();
    expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:here');
    expect(playbacks.playing()).toBeNull();
    expect(playbacks.of(RUN)).not.toBe(playback);
    await settled();
    expect(asked.at(-1)).toEqual({ media: 'A' });
    expect(playbacks.of(RUN).state().broken).toBe('P');
  });

  it('tells why it is refused, and counts nothing itself', async () => {
    const refused: PlayReply = { ok: false, code: 'plays-used', values: { plays: 2 } };
    const { given } = source(heard(2), refused);
    const playback = playbacksOf(given).of(RUN);
    await settled();
    await playback.start();
    expect(playback.state()).toMatchObject({ phase: 'ready', trouble: 'plays-used', number: 2 });
  });
});
