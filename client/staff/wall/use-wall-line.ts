import { useEffect, useRef, useState } from 'react';
import { BEAT_MS, type PresencePush } from '#bank/protocol';

/** A line that has been silent for so long is no line. */
const SILENCE_MS = 3 * BEAT_MS;
const LOOK_MS = 1_000;

export interface WallLine {
  /** Whether the server tells by itself what changes. */
  isUp: boolean;
  /** When the server was last heard, by the clock of this device; 0 when it never was. */
  heardAt(): number;
}

interface LineEvents {
  /** The line is there, possibly after a gap in which something was missed. */
  onOpen(): void;
  onPush(push: PresencePush): void;
  onDevices(): void;
}

/** Keeps a line to the room while `isWanted`. */
export function useWallLine(exam: string, isWanted: boolean, events: LineEvents): WallLine {
  const [isUp, setUp] = useState(false);
  const heard = useRef(0);
  const current = useRef(events);
  useEffect(() => {
    current.current = events;
  });
  useEffect(() => {
    if (!isWanted) return undefined;
    let isOver = false;
    let close = () => {};
    const hear = () => {
      heard.current = Date.now();
      setUp(true);
    };
    const look = setInterval(() => {
      if (Date.now() - heard.current > SILENCE_MS) setUp(false);
    }, LOOK_MS);
    const lineEvents = {
      onOpen() {
        hear();
        current.current.onOpen();
      },
      onPush(push: PresencePush) {
        hear();
        current.current.onPush(push);
      },
      onBeat: hear,
      onDevices() {
        hear();
        current.current.onDevices();
      },
      onClose: () => setUp(false),
    };
    void import('./wall-socket.ts').then(
      ({ openWallSocket }) => {
        if (!isOver) close = openWallSocket(exam, lineEvents);
      },
      () => {},
    );
    return () => {
      isOver = true;
      clearInterval(look);
      close();
      setUp(false);
    };
  }, [exam, isWanted]);
  return { isUp, heardAt: () => heard.current };
}
