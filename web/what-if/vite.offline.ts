// Tells a service worker, the entry `sw`, which files it keeps.
import { createHash } from "node:crypto";
import fs from "node:fs";
import type { Plugin } from "vite";

/**
 * Everything that is built but the `needless`, with the files `fixed` of the folder `public`. `page` is kept under its folder's
 * address.
 */
export const offline = (fixed: readonly string[], page?: string, needless?: RegExp): Plugin => ({
  name: "offline",
  apply: "build",
  enforce: "post",
  generateBundle(_, bundle) {
    const worker = bundle["sw.js"];
    if (worker?.type !== "chunk") return this.error("no service worker");
    const hash = createHash("sha256").update(worker.code);
    const built = Object.values(bundle).filter((file) => file !== worker && !needless?.test(file.fileName));
    for (const file of built) hash.update(file.fileName).update(file.type === "chunk" ? file.code : file.source);
    for (const name of fixed) hash.update(name).update(fs.readFileSync(`public/${name}`));
    const files = [...built.map(({ fileName }) => (fileName === page ? "./" : fileName)), ...fixed];
    const version = hash.digest("hex").slice(0, 16);
    worker.code = `const FILES=${JSON.stringify(files)},VERSION=${JSON.stringify(version)};${worker.code}`;
  },
});
