// The core, compiled on its way in. The page fetches it, not its workers: so it begins with the page's own scripts, and is
// fetched once.
import wasm from "scorelet/scorelet.wasm?url";

/** Null where that fails: an engine then tries for itself, and says why it does not start. */
export const compiled = (): Promise<WebAssembly.Module | null> => WebAssembly.compileStreaming(fetch(wasm)).catch(() => null);
