import type { mongo } from 'mongoose';
import { askHello, readTopology } from '#server/storage';
import type { Facts } from './report.ts';

/** Asks the database what it is; what this user may not ask stays open. */
export async function readFacts(client: mongo.MongoClient): Promise<Facts> {
  const admin = client.db('admin');
  const { members: dataMembers, ...topology } = await readTopology(client);
  const sent = Date.now();
  const { primary, arbiters, localTime } = await askHello(admin);
  const answered = Date.now();
  return {
    ...topology,
    dataMembers,
    primary: typeof primary === 'string' ? primary : null,
    arbiters: Array.isArray(arbiters) ? arbiters.map(String) : [],
    defaultWriteConcern: await defaultWriteConcern(admin),
    clockDifferenceMs: Number(localTime) - (sent + answered) / 2,
    clockUncertaintyMs: (answered - sent) / 2,
  };
}

async function defaultWriteConcern(admin: mongo.Db): Promise<string | null> {
  const answer = await admin.command({ getDefaultRWConcern: 1 }).catch(() => null);
  const concern: unknown = answer?.['defaultWriteConcern'];
  return concern ? JSON.stringify(concern) : null;
}
