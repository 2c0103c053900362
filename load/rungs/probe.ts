import { randomBytes, createCipheriv, createHash } from 'node:crypto';
import { measureFlush } from '../measure/flush.ts';
import { median, rounded } from '../measure/numbers.ts';
import { createOtherLoad } from '../measure/processes.ts';
import { sleep } from '../measure/window.ts';
import type { Rung } from './rung.ts';

const BLOCK = Buffer.alloc(64 * 1024, 0x5a);
const BLOCKS = 2_000;

/** What this machine can do at all: nothing above can be better than that. */
export const probe: Rung = {
  about: 'disk flushes, memory, ciphers, and what else keeps this machine busy',
  profiles: ['ci', 'full'],
  async run({ folder, profile }) {
    const otherLoad = createOtherLoad(() => (process.cpuUsage().user + process.cpuUsage().system) / 1000);
    await sleep(2_000);
    const flushes = Array.from({ length: profile.rounds }, () => measureFlush(folder, 1));
    const of = (figure: (flush: (typeof flushes)[number]) => number) => rounded(median(flushes.map(figure)));
    return {
      measured: [],
      figures: {
        otherLoadCores: rounded(otherLoad()),
        flushesPerSecond: of(({ perSecond }) => perSecond),
        flushP50Ms: of(({ p50 }) => p50),
        flushP99Ms: of(({ p99 }) => p99),
        copyGbPerSecond: gbPerSecond(() => void Buffer.from(BLOCK)),
        sha256GbPerSecond: gbPerSecond(() => void createHash('sha256').update(BLOCK).digest()),
        aesGcmGbPerSecond: gbPerSecond(encrypt),
      },
    };
  },
};

const key = randomBytes(32);

function encrypt(): void {
  const cipher = createCipheriv('aes-256-gcm', key, randomBytes(12));
  cipher.update(BLOCK);
  cipher.final();
}

function gbPerSecond(work: () => void): number {
  const begin = performance.now();
  for (let block = 0; block < BLOCKS; block++) work();
  return rounded((BLOCKS * BLOCK.length) / 1e6 / (performance.now() - begin));
}
