import { constants } from 'node:fs';
import { dirname, sep } from 'node:path';
import { below, type Rng } from '#bank/assembly';
import { createFlushedWriting, type BlockingDisk, type Disk, type DiskFile } from '../disk.ts';
import type { JournalDisk } from '../segment-journal/index.ts';
import { ForgettingFile } from './forgetting-file.ts';

/** The computer is off: nothing that was under way goes on. */
export class PowerCut extends Error {
  constructor() {
    super('the power is off');
    this.name = 'PowerCut';
  }
}

type Entry = ForgettingFile | 'folder';
type Names = Map<string, Entry>;
interface NameChange {
  dir: string;
  apply(names: Names): void;
}

/**
 * A disk in memory that keeps for good only what POSIX promises: bytes of a file after a sync of the file or a write
 * through O_DSYNC, names after a sync of their folder. When the power goes, everything else may be there, be missing,
 * or be there in part; changes of names in one folder come in order.
 */
export class ForgettingDisk {
  readonly #rng: Rng;
  #names: Names = new Map();
  #durableNames: Names = new Map();
  #cachedNames: NameChange[] = [];
  #power = { isOn: true, changesLeft: Infinity };

  constructor(rng: Rng) {
    this.#rng = rng;
  }

  get isOn(): boolean {
    return this.#power.isOn;
  }

  /** The power goes in the middle of the change after so many. */
  cutAfter(changes: number): void {
    this.#power.changesLeft = changes;
  }

  /** Turns the power off if it is on, then on again: what opened files before stays dead. */
  restart(): void {
    this.#power.isOn = false;
    this.#power = { isOn: true, changesLeft: Infinity };
    for (const dir of new Set(this.#cachedNames.map((change) => change.dir))) {
      const changes = this.#cachedNames.filter((change) => change.dir === dir);
      for (const change of changes.slice(0, below(this.#rng, changes.length + 1)))
        change.apply(this.#durableNames);
    }
    this.#cachedNames = [];
    for (const path of [...this.#durableNames.keys()].sort()) {
      const parent = dirname(path);
      if (parent !== path && !this.#durableNames.has(parent) && !isTop(path)) this.#durableNames.delete(path);
    }
    for (const entry of this.#durableNames.values()) if (entry !== 'folder') entry.forget(this.#rng);
    this.#names = new Map(this.#durableNames);
  }

  /** What a journal needs, while the power is on. */
  journalDisk(files = this.files(), blocking = this.blocking()): JournalDisk {
    return {
      files,
      async startWriter() {
        const { open, write, close } = createFlushedWriting(blocking);
        return {
          open: async (path) => open(path),
          write: async (bytes, offset) => write(bytes, offset),
          close: async () => close(),
        };
      },
      own: async () => async () => undefined,
    };
  }

  files(): Disk {
    const power = this.#power;
    return {
      open: async (path, flags) => this.#open(power, path, flags),
      readFile: async (path) => Buffer.from(this.#file(power, path).bytes),
      readdir: async (path) => {
        requirePower(power);
        return [...this.#names.keys()]
          .filter((name) => dirname(name) === path)
          .map((name) => name.slice(path.length + 1));
      },
      tree: async (path) => {
        requirePower(power);
        return [...this.#names]
          .filter(([name, entry]) => entry !== 'folder' && name.startsWith(path + sep))
          .map(([name]) => name);
      },
      mkdir: async (path) => this.#makeFolders(power, path),
      rename: async (from, to) => {
        this.#file(power, from);
        this.#rename(power, dirname(to), (names) => {
          const entry = names.get(from);
          if (entry) names.set(to, entry);
          names.delete(from);
        });
      },
      rm: async (path) => {
        for (const name of this.#names.keys()) {
          if (name === path || name.startsWith(path + sep)) {
            this.#rename(power, dirname(name), (names) => void names.delete(name));
          }
        }
      },
    };
  }

  blocking(): BlockingDisk {
    const power = this.#power;
    const open: { file: ForgettingFile; isFlushed: boolean }[] = [];
    return {
      openSync: (path, flags) =>
        open.push({ file: this.#file(power, path), isFlushed: (flags & constants.O_DSYNC) !== 0 }) - 1,
      writeSync: (place, bytes, offset, length, position) => {
        const { file, isFlushed } = open[place]!;
        return this.#write(power, file, copyOf(bytes, offset, length), position, isFlushed);
      },
      fdatasyncSync: (place) => this.#change(power, () => open[place]!.file.sync()),
      closeSync: () => undefined,
    };
  }

  #open(power: Power, path: string, flags: 'r' | 'r+' | 'w'): DiskFile {
    if (this.#names.get(path) === 'folder' || dirname(path) === path)
      return folderOf(() => this.#syncNames(power, path));
    if (flags === 'w' && !this.#names.has(path)) {
      const made = new ForgettingFile();
      this.#rename(power, dirname(path), (names) => void names.set(path, made));
    }
    const file = this.#file(power, path);
    if (flags === 'w') this.#change(power, () => file.resize(0));
    return {
      read: async (bytes, offset, length, position) => {
        requirePower(power);
        file.bytes.copy(bytes, offset, position, position + length);
      },
      write: async (bytes, offset, length, position) => ({
        bytesWritten: this.#write(power, file, copyOf(bytes, offset, length), position, false),
      }),
      truncate: async (size) => this.#change(power, () => file.resize(size)),
      sync: async () => this.#change(power, () => file.sync()),
      close: async () => undefined,
    };
  }

  /** Takes less than it is given now and then, as a file system may; a write that the cut meets has begun. */
  #write(power: Power, file: ForgettingFile, bytes: Buffer, at: number, isFlushed: boolean): number {
    const taken = below(this.#rng, 8) === 0 ? bytes.subarray(0, 1 + below(this.#rng, bytes.length)) : bytes;
    this.#change(
      power,
      () => (isFlushed ? file.writeThrough(at, taken) : file.write(at, taken)),
      () => file.write(at, taken),
    );
    return taken.length;
  }

  #change(power: Power, apply: () => void, begin: () => void = () => undefined): void {
    requirePower(power);
    if (power.changesLeft-- > 0) {
      apply();
      return;
    }
    begin();
    power.isOn = false;
    throw new PowerCut();
  }

  #rename(power: Power, dir: string, apply: (names: Names) => void): void {
    this.#change(power, () => {
      apply(this.#names);
      this.#cachedNames.push({ dir, apply });
    });
  }

  #syncNames(power: Power, dir: string): void {
    this.#change(power, () => {
      for (const change of this.#cachedNames) if (change.dir === dir) change.apply(this.#durableNames);
      this.#cachedNames = this.#cachedNames.filter((change) => change.dir !== dir);
    });
  }

  #makeFolders(power: Power, path: string): string | undefined {
    requirePower(power);
    if (this.#names.has(path)) return undefined;
    const first = isTop(path) ? undefined : this.#makeFolders(power, dirname(path));
    this.#rename(power, dirname(path), (names) => void names.set(path, 'folder'));
    return first ?? path;
  }

  #file(power: Power, path: string): ForgettingFile {
    requirePower(power);
    const entry = this.#names.get(path);
    if (entry && entry !== 'folder') return entry;
    throw Object.assign(new Error(`there is no file ${path}`), { code: 'ENOENT' });
  }
}

interface Power {
  isOn: boolean;
  changesLeft: number;
}

function requirePower(power: Power): void {
  if (!power.isOn) throw new PowerCut();
}

function isTop(path: string): boolean {
  return dirname(dirname(path)) === dirname(path);
}

function copyOf(bytes: Uint8Array, offset: number, length: number): Buffer {
  return Buffer.from(bytes.subarray(offset, offset + length));
}

function folderOf(sync: () => void): DiskFile {
  const isFolder = async () => {
    throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
  };
  return {
    read: isFolder,
    write: isFolder,
    truncate: isFolder,
    sync: async () => sync(),
    close: async () => undefined,
  };
}
