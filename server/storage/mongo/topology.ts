import type { mongo } from 'mongoose';

/** What stands behind an address of MongoDB. */
export interface Topology {
  version: string;
  /** Name of the replica set; null for a single server and for a sharded cluster. */
  setName: string | null;
  /** Members that hold data; of a sharded cluster those of its smallest shard, as far as it tells. */
  members: number;
  /** `host:port` of the members that hold data, sorted; without a replica set those of the address itself. */
  hosts: string[];
  sessions: boolean;
  /** Whether commits of several writes are possible: a replica set or a sharded cluster. */
  transactions: boolean;
}

export async function readTopology(client: mongo.MongoClient): Promise<Topology> {
  const admin = client.db('admin');
  const hello = await askHello(admin);
  const { version } = await admin.command({ buildInfo: 1 });
  const sharded = hello['msg'] === 'isdbgrid';
  const setName = typeof hello['setName'] === 'string' ? hello['setName'] : null;
  const sessions = typeof hello['logicalSessionTimeoutMinutes'] === 'number';
  const members = [...list(hello['hosts']), ...list(hello['passives'])];
  const hosts = members.length > 0 ? members : client.options.hosts.map(String);
  return {
    version: String(version),
    setName,
    members: sharded ? await smallestShard(admin) : members.length || 1,
    hosts: hosts.sort(),
    sessions,
    transactions: sessions && (setName !== null || sharded),
  };
}

/** What a server says of itself; one that has only the older command is asked with that. */
export async function askHello(admin: Pick<mongo.Db, 'command'>): Promise<mongo.BSON.Document> {
  return admin.command({ hello: 1 }).catch(() => admin.command({ isMaster: 1 }));
}

/** Shards are told as `set/host,host`. */
async function smallestShard(admin: mongo.Db): Promise<number> {
  const { shards } = await admin.command({ listShards: 1 }).catch(() => ({ shards: [] }));
  const sizes = (shards as { host: string }[]).map(({ host }) => host.split(',').length);
  return Math.min(...sizes, sizes.length === 0 ? 1 : Infinity);
}

function list(hosts: unknown): string[] {
  return Array.isArray(hosts) ? hosts.map(String) : [];
}
