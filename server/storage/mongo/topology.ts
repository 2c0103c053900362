import type { mongo } from 'mongoose';

/** What stands behind an address of MongoDB. */
export interface Topology {
  version: string;
  /** Name of the replica set; null for a single server and for a sharded cluster. */
  setName: string | null;
  /** Members that hold data; of a sharded cluster those of its smallest shard, as far as it tells. */
  members: number;
  sessions: boolean;
  /** Whether commits of several writes are possible: a replica set or a sharded cluster. */
  transactions: boolean;
}

export async function readTopology(client: mongo.MongoClient): Promise<Topology> {
  const admin = client.db('admin');
  // a server that has only the older command is asked with that
  const hello = await admin.command({ hello: 1 }).catch(() => admin.command({ isMaster: 1 }));
  const { version } = await admin.command({ buildInfo: 1 });
  const sharded = hello['msg'] === 'isdbgrid';
  const setName = typeof hello['setName'] === 'string' ? hello['setName'] : null;
  const sessions = typeof hello['logicalSessionTimeoutMinutes'] === 'number';
  return {
    version: String(version),
    setName,
    members: sharded ? await smallestShard(admin) : list(hello['hosts']) + list(hello['passives']) || 1,
    sessions,
    transactions: sessions && (setName !== null || sharded),
  };
}

/** Shards are told as `set/host,host`. */
async function smallestShard(admin: mongo.Db): Promise<number> {
  const { shards } = await admin.command({ listShards: 1 }).catch(() => ({ shards: [] }));
  const sizes = (shards as { host: string }[]).map(({ host }) => host.split(',').length);
  return Math.min(...sizes, sizes.length === 0 ? 1 : Infinity);
}

function list(hosts: unknown): number {
  return Array.isArray(hosts) ? hosts.length : 0;
}
