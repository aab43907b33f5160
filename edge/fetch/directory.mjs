// Models and predictions in directories, on Node, Deno and Bun: the same files as of `scorelet serve`, `model` and `audit`, which
// may use a store at the same time.
import { spawnSync } from "node:child_process";
import {
  closeSync, existsSync, fdatasync, fdatasyncSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, readdirSync,
  renameSync, rmSync, statSync, writeSync,
} from "node:fs";

/** A lock of the kind that flock(2) has, until what is returned is called; undefined if another has it. */
function lock(path, mayWait) {
  if (globalThis.Deno !== undefined) {
    const file = Deno.openSync(path, { read: true, write: true, create: true });
    if (mayWait) file.lockSync(true);
    if (mayWait || file.tryLockSync(true)) return () => file.close();
    file.close();
    return undefined;
  }
  const file = openSync(path, "a+");  // what a child locks of it stays locked here
  const { status, error } = spawnSync("flock", mayWait ? ["0"] : ["--nonblock", "0"], { stdio: [file, "ignore", "inherit"] });
  if (status === 0) return () => closeSync(file);
  closeSync(file);
  if (status === null || mayWait) throw new Error(`'${path}' cannot be locked by flock(1): ${error?.message ?? status}`);
  return undefined;
}

function withFile(path, flags, use) {
  const file = openSync(path, flags);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}
const syncFolder = (path) => withFile(path, "r", fsyncSync);

function writeAll(file, bytes, position = null) {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, position === null ? null : position + done);
}

/** On the disk under its name as a whole, or not at all. */
function writeWhole(folder, name, draft, bytes) {
  withFile(`${folder}/${draft}`, "w", (file) => {
    writeAll(file, bytes);
    fdatasyncSync(file);
  });
  renameSync(`${folder}/${draft}`, `${folder}/${name}`);
  syncFolder(folder);
}

/** A place for models: objects/SHA256, and log.jsonl. */
export function storeIn(path) {
  const log = `${path}/log.jsonl`, objects = `${path}/objects`;
  let drafts = 0;
  return {
    logSize: () => statSync(log, { throwIfNoEntry: false })?.size ?? 0,
    readLog: () => (existsSync(log) ? readFileSync(log) : new Uint8Array()),
    appendLog(lines, size) {
      mkdirSync(path, { recursive: true });
      const unlock = lock(log, true);
      try {
        const now = readFileSync(log);
        if (now.length < size || now.includes(10, size)) return false;
        withFile(log, "r+", (file) => {
          ftruncateSync(file, size);
          writeAll(file, lines, size);
          fdatasyncSync(file);
        });
        syncFolder(path);
        return true;
      } finally {
        unlock();
      }
    },
    readObject: (sha256) => (existsSync(`${objects}/${sha256}`) ? readFileSync(`${objects}/${sha256}`) : undefined),
    writeObject(sha256, bytes) {
      mkdirSync(objects, { recursive: true });
      if (!existsSync(`${objects}/${sha256}`)) writeWhole(objects, sha256, `${sha256}.${process.pid}.${++drafts}`, bytes);
    },
  };
}

const nameOf = (segment) => `${String(segment).padStart(12, "0")}.jsonl`;

const held = [];  // to the end of the process

/** A place for predictions: NUMBER.jsonl. One process has it at a time. */
export function auditIn(path) {
  mkdirSync(path, { recursive: true });
  const unlock = lock(`${path}/lock`, false);
  if (unlock === undefined) throw new Error(`Another program writes the record of predictions in '${path}'.`);
  held.push(unlock);
  let last;  // the segment that grows
  const close = () => {
    if (last !== undefined) closeSync(last.file);
    last = undefined;
  };
  return {
    segments: () => readdirSync(path).filter((name) => /^\d{12,}\.jsonl$/.test(name)).map((name) => Number.parseInt(name, 10)).sort((a, b) => a - b),
    read: (segment) => readFileSync(`${path}/${nameOf(segment)}`),
    /** The others are served while the disk is at work. */
    async append(segment, lines) {
      if (last?.segment !== segment) {
        close();
        last = { segment, file: openSync(`${path}/${nameOf(segment)}`, "a") };
        syncFolder(path);
      }
      writeAll(last.file, lines);
      await new Promise((resolve, reject) => fdatasync(last.file, (error) => (error ? reject(error) : resolve())));
    },
    replace(segment, lines) {
      close();
      writeWhole(path, nameOf(segment), "draft", lines);
    },
    remove(segment) {
      rmSync(`${path}/${nameOf(segment)}`);
      syncFolder(path);
    },
  };
}
