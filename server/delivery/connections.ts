import type { CandidatePushes, StateWord } from '#bank/protocol';

/** What delivery does with the connection of a device. */
export interface Connection {
  emit<E extends keyof CandidatePushes>(event: E, ...body: Parameters<CandidatePushes[E]>): void;
  disconnect(): void;
}

/** Connections of one attempt at once: that of the page, and those it has left that have not ended yet. */
const AT_ONCE = 4;

/** Which connections are open, and which of them has the attempt: one at a time. */
export interface Connections {
  /** A connection has been let in; the oldest of the attempt ends when there are more than are good for anything. */
  open(attempt: string, connection: Connection): void;
  /** Gives the attempt to this connection; the one that had it is told and cut off. */
  take(attempt: string, connection: Connection): void;
  /** Cuts off the connection that has the attempt, because a device without one has taken it. */
  release(attempt: string): void;
  /** Cuts off every connection, because the session that they came with has ended. */
  end(attempt: string): void;
  /** Ends every connection; the page comes back and is told why it may not. */
  disconnect(attempt: string): void;
  /** Forgets a connection that has ended. */
  drop(attempt: string, connection: Connection): void;
  has(attempt: string): boolean;
  push(attempt: string, word: StateWord): void;
  attempts(): string[];
}

/** What is told of the line to the device that has an attempt. */
interface LineListener {
  lost(attempt: string): void;
  regained(attempt: string): void;
}

export function createConnections(line: LineListener): Connections {
  const current = new Map<string, Connection>();
  /** By age. */
  const opened = new Map<string, Connection[]>();

  function cutOff(former: Connection | undefined): void {
    former?.emit('superseded');
    former?.disconnect();
  }

  function release(attempt: string): void {
    const former = current.get(attempt);
    current.delete(attempt);
    cutOff(former);
  }

  function disconnect(attempt: string): void {
    for (const connection of opened.get(attempt) ?? []) connection.disconnect();
  }

  return {
    open(attempt, connection) {
      const connections = [...(opened.get(attempt) ?? []), connection];
      opened.set(attempt, connections);
      if (connections.length > AT_ONCE) connections[0]?.disconnect();
    },
    take(attempt, connection) {
      const former = current.get(attempt);
      current.set(attempt, connection);
      line.regained(attempt);
      if (former !== connection) cutOff(former);
    },
    release,
    end(attempt) {
      if (current.has(attempt)) line.lost(attempt);
      release(attempt);
      disconnect(attempt);
    },
    disconnect,
    drop(attempt, connection) {
      const left = opened.get(attempt)?.filter((one) => one !== connection) ?? [];
      if (left.length > 0) opened.set(attempt, left);
      else opened.delete(attempt);
      if (current.get(attempt) !== connection) return;
      current.delete(attempt);
      line.lost(attempt);
    },
    has: (attempt) => current.has(attempt),
    push: (attempt, word) => current.get(attempt)?.emit('state', word),
    attempts: () => [...current.keys()],
  };
}
