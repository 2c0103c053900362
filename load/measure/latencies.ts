/** Width of a bucket: one per cent. */
const GROWTH = Math.log(1.01);
/** From one microsecond to over an hour. */
const BUCKETS = 2200;
const SMALLEST_MS = 0.001;

/** Latencies in milliseconds, counted in buckets one per cent wide, so that millions of them cost nothing to keep. */
export class Latencies {
  readonly #counts: Float64Array;
  #max = 0;
  #count = 0;

  constructor(counts = new Float64Array(BUCKETS)) {
    this.#counts = counts;
  }

  get count(): number {
    return this.#count;
  }

  get max(): number {
    return this.#max;
  }

  add(milliseconds: number): void {
    const bucket = Math.floor(Math.log(Math.max(milliseconds, SMALLEST_MS) / SMALLEST_MS) / GROWTH);
    const index = Math.min(bucket, BUCKETS - 1);
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#count++;
    if (milliseconds > this.#max) this.#max = milliseconds;
  }

  /** The latency that so great a part of all did not exceed; NaN when there is none. */
  quantile(part: number): number {
    let left = Math.ceil(part * this.#count);
    if (this.#count === 0) return NaN;
    for (const [index, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return Math.min(SMALLEST_MS * Math.exp((index + 1) * GROWTH), this.#max);
    }
    return this.#max;
  }

  merge(other: LatencyData): void {
    for (const [index, count] of other.counts.entries())
      this.#counts[index] = (this.#counts[index] ?? 0) + count;
    this.#count += other.count;
    this.#max = Math.max(this.#max, other.max);
  }

  /** What has been counted so far, and starts anew. */
  take(): LatencyData {
    const data = { counts: this.#counts.slice(), count: this.#count, max: this.#max };
    this.#counts.fill(0);
    this.#count = 0;
    this.#max = 0;
    return data;
  }
}

/** A copy of the counts that can be sent to another process. */
export interface LatencyData {
  counts: Float64Array;
  count: number;
  max: number;
}

export interface LatencySummary {
  count: number;
  p50: number;
  p95: number;
  p99: number;
  p999: number;
  max: number;
}

/** In milliseconds, rounded to the microsecond. */
export function summaryOf(latencies: Latencies): LatencySummary {
  const at = (part: number) => Math.round(latencies.quantile(part) * 1000) / 1000;
  return {
    count: latencies.count,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    p999: at(0.999),
    max: Math.round(latencies.max * 1000) / 1000,
  };
}
