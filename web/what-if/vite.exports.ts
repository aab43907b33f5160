// The page imports what its engine's script exports (src/engine/near.ts): Vite would leave that out of a worker's script.
import type { Plugin } from "vite";

export const keepExports: Plugin = {
  name: "exports",
  options: (options) => ({ ...options, preserveEntrySignatures: "exports-only" }),
};
