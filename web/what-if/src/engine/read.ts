// Reading a file or an address bit by bit, so that it can be told how far it is.
import type { Source } from "./protocol.ts";

const often = 100; // ms between two reports

export async function read(
  source: Source,
  tell: (bytes: number, of: number | null) => void,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const { stream, size } = await opened(source, signal);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0,
    told = 0;
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    signal?.throwIfAborted();
    parts.push(part.value);
    bytes += part.value.length;
    if (performance.now() - told < often) continue;
    told = performance.now();
    tell(bytes, size);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

async function opened(
  source: Source,
  signal?: AbortSignal,
): Promise<{ stream: ReadableStream<Uint8Array<ArrayBuffer>>; size: number | null }> {
  if (source instanceof Blob) return { stream: source.stream(), size: source.size };
  const response = await fetch(source, signal ? { signal } : {});
  if (!response.ok || !response.body) throw new Error(`${source}: ${response.status}`);
  const length = response.headers.get("content-encoding") ? null : response.headers.get("content-length");
  return { stream: response.body, size: length === null ? null : Number(length) };
}
