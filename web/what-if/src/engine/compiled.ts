// The core, compiled on its way in. The page fetches it, not its workers: so it begins with the page's own scripts, and is
// fetched once. Its second part follows when a model needs it, or comes along where that is known (ahead.ts).
import type { WasmModule } from "scorelet";
import first from "scorelet/scorelet-first.wasm?url";
import further from "scorelet/scorelet-further.wasm?url";

const fetched = (address: string): Promise<WebAssembly.Module> => WebAssembly.compileStreaming(fetch(address));

/** Null where that fails: an engine then tries for itself, and says why it does not start. */
export async function compiled(): Promise<WasmModule | null> {
  const comesAlong = document.head.querySelector(`link[href="${further}"]`) !== null;
  try {
    const [one, other] = await Promise.all([fetched(first), comesAlong ? fetched(further) : further]);
    return { first: one, further: other };
  } catch {
    return null;
  }
}
