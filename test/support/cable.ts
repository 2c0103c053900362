import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll } from 'vitest';

/** How a network goes away: nothing passes and nobody is told, or every connection is reset and no new one made. */
export type Cut = 'silent' | 'reset';

const cables: Cable[] = [];

afterAll(() => {
  for (const cable of cables.splice(0)) cable.close();
});

/** The network between some clients and the server, which can be cut. */
export class Cable {
  readonly #server: Server;
  readonly #target: URL;
  readonly #ends = new Set<Socket>();
  #cut: Cut | null = null;

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((near) => this.#connected(near));
  }

  static async to(target: string): Promise<Cable> {
    const cable = new Cable(target);
    cables.push(cable);
    cable.#server.listen(0, '127.0.0.1');
    await once(cable.#server, 'listening');
    return cable;
  }

  /** Where clients behind it find the server. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  cut(how: Cut): void {
    this.#cut = how;
    if (how === 'reset') this.#reset();
    for (const end of this.#ends) end.unpipe().pause();
  }

  /** What was connected before has lost bytes, so it ends; what connects from now on passes. */
  mend(): void {
    this.#cut = null;
    this.#reset();
  }

  close(): void {
    this.#server.close();
    this.#reset();
  }

  #connected(near: Socket): void {
    this.#keep(near);
    if (this.#cut === 'reset') near.resetAndDestroy();
    if (this.#cut) return;
    const far = connect(Number(this.#target.port), this.#target.hostname);
    this.#keep(far);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  }

  #keep(end: Socket): void {
    this.#ends.add(end);
    end.on('error', () => undefined);
    end.on('close', () => this.#ends.delete(end));
  }

  #reset(): void {
    for (const end of this.#ends) end.resetAndDestroy();
  }
}
