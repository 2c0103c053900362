import type { Device } from '../devices/device.ts';
import { Latencies } from '../measure/latencies.ts';
import type { Tally } from './messages.ts';
import { createTimetable, type Timetable } from './timetable.ts';

/** One client of a group and what it is waiting for. */
interface Member {
  client: Device;
  /** When the message under way was due; null when none is. */
  due: number | null;
  /** Messages that became due while one was under way. */
  behind: number[];
}

/** Clients that are driven together and counted together. */
export class Group {
  readonly #members: Member[] = [];
  readonly #latencies = new Latencies();
  readonly #lateness = new Latencies();
  #timetable: Timetable | null = null;
  #isLooping = false;
  #offered = 0;
  #sent = 0;
  #answered = 0;
  #refused = 0;
  #lastAt = performance.now();
  #lastCpu = process.cpuUsage();
  #onQuiet: (() => void) | null = null;
  #underWay = 0;

  add(client: Device): void {
    this.#members.push({ client, due: null, behind: [] });
  }

  loop(): void {
    this.#isLooping = true;
    for (const member of this.#members) this.#send(member, performance.now());
  }

  schedule(fromMs: number, toMs: number): void {
    const table = createTimetable(this.#members.length, fromMs, toMs, (index, due) => {
      const member = this.#members[index];
      if (!member || member.client.cutOff !== null) return;
      this.#offered++;
      if (member.due === null) this.#send(member, due);
      else member.behind.push(due);
    });
    this.#timetable = table;
  }

  tally(): Tally {
    const now = performance.now();
    const cpu = process.cpuUsage(this.#lastCpu);
    const tally = {
      elapsedMs: now - this.#lastAt,
      offered: this.#isLooping ? this.#sent : this.#offered,
      sent: this.#sent,
      answered: this.#answered,
      refused: this.#refused,
      cutOff: this.#members.filter(({ client }) => client.cutOff !== null).length,
      pushed: this.#members.reduce((all, { client }) => all + client.pushed, 0),
      latencies: this.#latencies.take(),
      lateness: this.#lateness.take(),
      cpuMs: (cpu.user + cpu.system) / 1000,
    };
    this.#lastAt = now;
    this.#lastCpu = process.cpuUsage();
    this.#offered = this.#sent = this.#answered = this.#refused = 0;
    return tally;
  }

  /** Stops sending and waits for the answers that are due, at most so long; gives how many never came. */
  async rest(longestMs: number): Promise<number> {
    this.#isLooping = false;
    this.#timetable?.stop();
    this.#timetable = null;
    if (this.#underWay > 0) {
      const timer = setTimeout(() => this.#onQuiet?.(), longestMs);
      await new Promise<void>((resolve) => (this.#onQuiet = resolve));
      this.#onQuiet = null;
      clearTimeout(timer);
    }
    return this.#underWay;
  }

  close(): void {
    for (const { client } of this.#members.splice(0)) client.end();
    this.#underWay = 0;
  }

  #send(member: Member, due: number): void {
    const now = performance.now();
    member.due = due;
    this.#sent++;
    this.#underWay++;
    this.#lateness.add(now - due);
    member.client.say((ok) => this.#onAnswer(member, due, ok));
  }

  #onAnswer(member: Member, due: number, ok: boolean): void {
    const now = performance.now();
    member.due = null;
    this.#underWay--;
    if (ok) {
      this.#answered++;
      this.#latencies.add(now - due);
    } else {
      this.#refused++;
    }
    const next = member.behind.shift();
    if (next !== undefined) this.#send(member, next);
    else if (this.#isLooping) this.#send(member, now);
    else if (this.#underWay === 0) this.#onQuiet?.();
  }
}
