import { setTimeout as pause } from 'node:timers/promises';
import { formCells } from '#bank/assembly';
import { findShortage } from '#server/solver';
import { lagDuring, type Lag } from '../lag.ts';
import { planOf } from '../plan.ts';
import { draftExam, jobEnded, openSchool, TEACHER } from '../school.ts';
import type { Rung } from './rung.ts';

const ITEMS = 2_000;
const CANDIDATES = 15_000;
const BAR_MS = 20;
const SHORTAGES = 5;

/** Long work leaves the loop of the server to who writes. */
export const l1: Rung = {
  about: `${CANDIDATES} dealt papers are sealed, and shortages solved, beside what is due every 2 ms`,
  bar: `p99 at most ${BAR_MS} ms late, beyond what this machine makes an idle loop late`,
  async run(say) {
    const { pool, blueprint } = planOf(ITEMS);
    const school = await openSchool(pool);
    try {
      const exam = await draftExam(school, blueprint, CANDIDATES);
      const told: Record<string, Lag> = {};
      const take = async (name: string, work: () => Promise<unknown>): Promise<void> => {
        told[name] = await lagDuring(work);
        say(`${name}: ${JSON.stringify(told[name])}`);
      };
      await take('idle', () => pause(3_000));
      await take('sealing', async () => jobEnded(school, (await school.exams.seal(TEACHER, exam)).id));
      const large = planOf(10_000);
      await take('shortage', async () => {
        for (let round = 0; round < SHORTAGES; round++)
          await findShortage({ pool: large.pool, cells: formCells(blueprint) });
      });
      await take('report', () => school.exams.reportFile(TEACHER, exam, { authority: '', school: '' }, 'vi'));
      const idle = told['idle']?.p99 ?? 0;
      const holds = Object.values(told).every(({ p99 }) => p99 <= BAR_MS + idle);
      return { holds, figures: told };
    } finally {
      await school.close();
    }
  },
};
