/** The numbers of bank/assembly/README.md §4, written from that text alone. */

/** ARC4 keyed with the ASCII digits of the seed, its first 256 bytes thrown away; numbers are four bytes each. */
export class Generator {
  private readonly state = Uint8Array.from({ length: 256 }, (_, index) => index);
  private i = 0;
  private j = 0;

  constructor(digits: string) {
    const key = Buffer.from(digits, 'ascii');
    let j = 0;
    for (let i = 0; i < 256; i++) {
      j = (j + this.at(i) + (key[i % key.length] ?? 0)) & 255;
      this.swap(i, j);
    }
    for (let dropped = 0; dropped < 256; dropped++) this.byte();
  }

  private at(index: number): number {
    return this.state[index & 255] ?? 0;
  }

  private swap(a: number, b: number): void {
    const kept = this.at(a);
    this.state[a] = this.at(b);
    this.state[b] = kept;
  }

  private byte(): number {
    this.i = (this.i + 1) & 255;
    this.j = (this.j + this.at(this.i)) & 255;
    this.swap(this.i, this.j);
    return this.at(this.at(this.i) + this.at(this.j));
  }

  private number(): number {
    let value = 0;
    for (let count = 0; count < 4; count++) value = value * 256 + this.byte();
    return value;
  }

  below(n: number): number {
    const limit = 2 ** 32 - (2 ** 32 % n);
    let value = this.number();
    while (value >= limit) value = this.number();
    return value % n;
  }

  take<T>(list: readonly T[], count: number): T[] {
    if (count > list.length) throw new Error(`${count} of ${list.length} items cannot be drawn`);
    const entries = list.slice();
    for (let i = 0; i < count; i++) {
      const j = i + this.below(entries.length - i);
      const moved = entries.splice(j, 1, entries[i] as T);
      entries.splice(i, 1, ...moved);
    }
    return entries.slice(0, count);
  }
}
