// A WebAssembly module whose memory is from the beginning as that of an instance has become. What else an instance changes,
// its tables and globals, is as it was after each call that has returned: clang's code keeps but the stack pointer there.
const page = 65536;
const sections = { memory: 5, exports: 7, data: 11, dataCount: 12 };

/** LEB128, unsigned. */
function leb(n) {
  const out = [];
  do {
    out.push((n % 128) | (n >= 128 ? 128 : 0));
    n = Math.floor(n / 128);
  } while (n > 0);
  return out;
}

/** LEB128, signed, of a place in memory as i32.const takes it. */
function address(n) {
  const out = [];
  for (n |= 0; ; n >>= 7) {
    if (n >= -64 && n < 64) return [...out, n & 127];
    out.push((n & 127) | 128);
  }
}

class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  number() {
    for (let n = 0, unit = 1; ; unit *= 128) {
      const byte = this.bytes[this.at++];
      n += (byte & 127) * unit;
      if (byte < 128) return n;
    }
  }
  take(size) { return this.bytes.subarray(this.at, (this.at += size)); }
}

/** Runs of memory that are not all zero; shorter gaps cost less than a segment. */
function runs(memory) {
  const gap = 64, words = new BigUint64Array(memory.buffer, memory.byteOffset, memory.length / 8);
  const out = [];
  for (let i = 0; i < words.length; ++i) {
    if (words[i] === 0n) continue;
    const at = i * 8, last = out.at(-1);
    if (last !== undefined && at - last.end < gap) last.end = at + 8;
    else out.push({ at, end: at + 8 });
  }
  return out;
}

function dataSection(memory) {
  const parts = [];
  const segments = runs(memory);
  parts.push(Uint8Array.from(leb(segments.length)));
  for (const { at, end } of segments) {
    parts.push(Uint8Array.from([0, 0x41, ...address(at), 0x0b, ...leb(end - at)]), memory.subarray(at, end));
  }
  return Buffer.concat(parts);
}

/** The one memory that there is, at least as large as it has become. */
function memorySection(content, pages) {
  const reader = new Reader(content);
  if (reader.number() !== 1) throw new Error("a module with one memory is wanted");
  const [flags] = reader.take(1);
  reader.number();
  return Uint8Array.from([1, flags, ...leb(pages), ...reader.bytes.subarray(reader.at)]);
}

function exportSection(content, isKept) {
  const reader = new Reader(content), kept = [];
  for (let left = reader.number(); left > 0; --left) {
    const from = reader.at;
    const name = Buffer.from(reader.take(reader.number())).toString();
    reader.take(1);
    reader.number();
    if (isKept(name)) kept.push(content.subarray(from, reader.at));
  }
  return Buffer.concat([Uint8Array.from(leb(kept.length)), ...kept]);
}

/** The module with that memory, and those of its exports whose names are kept: `_initialize` must not run once more. */
export function withMemory(module, memory, isKept) {
  const out = [module.subarray(0, 8)];
  const reader = new Reader(module, 8);
  while (reader.at < module.length) {
    const [id] = reader.take(1);
    let content = reader.take(reader.number());
    if (id === sections.dataCount) continue;
    if (id === sections.memory) content = memorySection(content, memory.length / page);
    if (id === sections.exports) content = exportSection(content, isKept);
    if (id === sections.data) content = dataSection(memory);
    out.push(Uint8Array.from([id, ...leb(content.length)]), content);
  }
  return Buffer.concat(out);
}
