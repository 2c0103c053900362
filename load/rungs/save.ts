import { startExam } from '../stage/exam.ts';
import { startNiem } from '../servers/measured.ts';
import type { Side } from './side.ts';

/** Far above what a page sends: each client saves again as soon as it is told that it has saved. */
const RATES = 'save=100000/100000';

/** The whole server: a sealed exam, a ticket for each, answers checked, encrypted, on disk, acknowledged. */
export const save: Side = {
  name: 'save',
  async start(bench) {
    const stage = await bench.stage();
    bench.raised(`save: NIEM_CANDIDATE_RATES=${RATES}`);
    const server = await startNiem(stage, { NIEM_CANDIDATE_RATES: RATES });
    await startExam(server.url, stage.exam);
    return server;
  },
  client: (target, seat) => ({ kind: 'seat', target, seat }),
};
