/** A second copy of store and journal on another disk or machine (README.md: what it promises, and how). */
export { claimPrimary, supersededBy, writeSuccession, type Succession } from './succession.ts';
export { createStandby, type RunningStandby } from './standby.ts';
export { dialPeer, type Address, type PeerFiles } from './channel.ts';
export { openReplicated, type ReplicatedStorage, type Standby } from './primary.ts';
export { promote, type Promotion } from './promote.ts';
export { MAJORITY, NO_SECOND_DISK, type SecondDisk } from './second-disk.ts';
