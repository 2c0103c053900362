import { useEffect, useRef, useState } from 'react';
import type { MediaView } from '#bank/protocol';
import { playbacksOf, type Playback, type Playbacks, type PlaybackState } from './media-playback.ts';
import type { MediaProps } from './renderer.ts';

/** Kept beside the player: only a paper with a recording carries these words. */
const WORDS = {
  vi: {
    play: { audio: 'Nghe', video: 'Xem' },
    again: { audio: 'Nghe lại', video: 'Xem lại' },
    goOn: { audio: 'Nghe tiếp', video: 'Xem tiếp' },
    left: { audio: (n: number) => `còn ${n} lần nghe`, video: (n: number) => `còn ${n} lần xem` },
    none: { audio: 'đã hết lượt nghe', video: 'đã hết lượt xem' },
    playing: 'đang phát',
    loading: 'đang tải',
    progress: 'Đã phát',
    volume: 'Âm lượng',
    other: 'Đang phát một tệp khác; hãy đợi phát xong.',
    outside: 'Chỉ nghe, xem được trong bài thi.',
    troubles: {
      'plays-used': 'Đã hết lượt. Nếu máy bị lỗi khi phát, hãy báo giám thị.',
      'play-over': 'Lượt này đã kết thúc nên không phát tiếp được.',
      'attempt-paused': 'Bài thi đang tạm dừng.',
      'section-over': 'Phần thi này đã hết giờ.',
      unanswered: 'Chưa liên lạc được với máy chủ. Hãy bấm lại: lượt này không bị tính thêm.',
      blocked: 'Trình duyệt chưa cho phát. Hãy bấm lại: lượt này không bị tính thêm.',
      unplayable: 'Máy này không phát được tệp. Hãy báo giám thị.',
    } as Record<string, string>,
    refused: 'Máy chủ chưa cho phát; lượt này không bị tính. Hãy thử lại sau.',
  },
  en: {
    play: { audio: 'Listen', video: 'Watch' },
    again: { audio: 'Listen again', video: 'Watch again' },
    goOn: { audio: 'Go on listening', video: 'Go on watching' },
    left: {
      audio: (n: number) => `${n} ${n === 1 ? 'play' : 'plays'} left`,
      video: (n: number) => `${n} ${n === 1 ? 'play' : 'plays'} left`,
    },
    none: { audio: 'no play left', video: 'no play left' },
    playing: 'playing',
    loading: 'loading',
    progress: 'Played',
    volume: 'Volume',
    other: 'Another recording is playing; wait until it has ended.',
    outside: 'It can be played in the exam only.',
    troubles: {
      'plays-used': 'All plays have been used. If the device failed while playing, tell the invigilator.',
      'play-over': 'This play is over and cannot go on.',
      'attempt-paused': 'The exam is paused.',
      'section-over': 'The time of this section is over.',
      unanswered: 'The server cannot be reached. Press again: this play is not counted twice.',
      blocked: 'The browser did not let it play. Press again: this play is not counted twice.',
      unplayable: 'This device cannot play the file. Tell the invigilator.',
    } as Record<string, string>,
    refused: 'The server did not let it play; this play was not counted. Try again later.',
  },
};

function words() {
  return WORDS[document.documentElement.lang === 'en' ? 'en' : 'vi'];
}

/** Minutes and seconds. */
function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A recording in a question: its name, what is left of its plays, and the one button that plays it. */
export function Media({ run, load }: MediaProps) {
  const [playbacks, setPlaybacks] = useState<Playbacks>();
  useEffect(() => {
    void load?.().then((source) => setPlaybacks(playbacksOf(source)));
  }, [load]);
  return (
    <span className="media">
      <span className="media-title">{run.title}</span>
      {!load && <span className="note">{words().outside}</span>}
      {playbacks && <Player run={run} playbacks={playbacks} />}
    </span>
  );
}

function Player({ run, playbacks }: { run: MediaView; playbacks: Playbacks }) {
  const t = words();
  const { kind, plays, media } = run;
  const [, redraw] = useState({});
  useEffect(() => {
    const changed = () => redraw({});
    // what has changed since it was drawn
    changed();
    return playbacks.subscribe(changed);
  }, [playbacks]);
  const playback = playbacks.of(run);
  const state = playback.state();
  const { phase, number, trouble } = state;
  const length = (run.file?.length ?? 0) / 1000 || playback.element.duration || 0;
  const other = playbacks.playing();
  const isOther = other !== null && other !== media;
  const left = plays === undefined ? null : plays - number;
  const isUsedUp = left === 0 && !state.broken && trouble !== 'blocked';
  const isBusy = phase === 'playing' || phase === 'loading';
  const note = isOther ? t.other : trouble && (t.troubles[trouble] ?? t.refused);
  return (
    <>
      <button
        type="button"
        className="primary media-play"
        aria-label={`${buttonWord(t, kind, state)}: ${run.title}`}
        aria-describedby={`left-${media}`}
        aria-disabled={isBusy || isOther || isUsedUp || phase === 'asking'}
        onClick={() => {
          if (!isBusy && !isOther && !isUsedUp && phase !== 'asking') void playback.start();
        }}
      >
        <span aria-hidden="true">▶</span> {buttonWord(t, kind, state)}
      </button>
      <output id={`left-${media}`} className="media-left">
        {standing(t, kind, state, left)}
      </output>
      <Screen playback={playback} />
      {plays !== undefined && (
        <>
          {length > 0 && (
            <span className="media-progress">
              <progress max={length} value={state.position} aria-label={t.progress} />
              <span>{`${clock(state.position)} / ${clock(length)}`}</span>
            </span>
          )}
          <Volume playback={playback} />
        </>
      )}
      {note && (
        <span className="note media-note" role="alert">
          {note}
        </span>
      )}
    </>
  );
}

type Words = ReturnType<typeof words>;

function buttonWord(t: Words, kind: MediaView['kind'], { broken, number }: PlaybackState): string {
  if (broken) return t.goOn[kind];
  return number > 0 ? t.again[kind] : t.play[kind];
}

function standing(t: Words, kind: MediaView['kind'], { phase }: PlaybackState, left: number | null): string {
  const doing = phase === 'playing' ? t.playing : phase === 'ready' ? null : t.loading;
  const rest = left === null || phase === 'asking' ? null : left > 0 ? t.left[kind](left) : t.none[kind];
  return [doing, rest].filter((word) => word !== null).join(' · ');
}

/** The element lives longer than this part of the page: it is put here, and stays alive when the page turns on. */
function Screen({ playback }: { playback: Playback }) {
  const ref = useRef<HTMLSpanElement>(null);
  const { element } = playback;
  useEffect(() => ref.current?.replaceChildren(element), [element]);
  return <span ref={ref} className="media-screen" />;
}

function Volume({ playback }: { playback: Playback }) {
  const t = words();
  return (
    <label className="media-volume">
      {t.volume}
      <input
        type="range"
        min={0}
        max={1}
        step={0.05}
        defaultValue={playback.element.volume}
        onInput={(event) => {
          playback.setVolume(Number(event.currentTarget.value));
        }}
      />
    </label>
  );
}
