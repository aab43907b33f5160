// A network as slow as a telephone's, put on by the server: the emulation of Chromium's own tools does not reach workers.
import { brotliCompressSync, constants } from "node:zlib";

/** What Chromium's tools call "Fast 4G": 9 Mbit/s, and 165 ms before each answer. */
export const fast4G = { name: "Fast 4G (9 Mbit/s, 165 ms)", latency: 165, bytesPerMs: 9e6 / 8 / 1000 };

const piece = 8 << 10;
const compressed = new Map();

/** All answers share one line; texts and the core travel compressed, as from any server of files. */
export function slowed({ latency, bytesPerMs }) {
  let free = 0;
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  return async (response, headers, content) => {
    const packed = compressed.get(content) ?? brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    compressed.set(content, packed);
    await wait(latency);
    response.writeHead(200, { ...headers, "content-encoding": "br", "cache-control": "max-age=60" });
    for (let at = 0; at < packed.length; at += piece) {
      const part = packed.subarray(at, at + piece);
      free = Math.max(free, performance.now()) + part.length / bytesPerMs;
      const left = free - performance.now();
      if (left > 1) await wait(left);
      if (response.destroyed) return;
      response.write(part);
    }
    response.end();
  };
}
