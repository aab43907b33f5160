import { createHash } from "node:crypto";
import fs from "node:fs";
import { defineConfig, type Plugin } from "vite";

/** What the page's styles say of the width of the window is meant of the pane. */
const narrow: Plugin = {
  name: "narrow",
  apply: "build",
  enforce: "post",
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === "asset" && file.fileName.endsWith(".css")) file.source = String(file.source).replaceAll(/@media ?\((?=[^)]*width)/g, "@container (");
  },
};

/** Tells the service worker which files it keeps, and names their version. */
const offline: Plugin = {
  name: "offline",
  apply: "build",
  enforce: "post",
  generateBundle(_, bundle) {
    const worker = bundle["sw.js"];
    if (worker?.type !== "chunk") return this.error("no service worker");
    const hash = createHash("sha256").update(worker.code);
    const built = Object.values(bundle).filter((file) => file !== worker);
    for (const file of built) hash.update(file.fileName).update(file.type === "chunk" ? file.code : file.source);
    const generated = ["functions.json", "functions.de.json"];
    for (const file of generated) hash.update(fs.readFileSync(`public/${file}`));
    const files = [...built.map((file) => file.fileName), ...generated];
    worker.code = `const FILES=${JSON.stringify(files)},VERSION=${JSON.stringify(hash.digest("hex").slice(0, 16))};${worker.code}`;
  },
};

export default defineConfig({
  base: "./", // works from any folder of any server
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the policy of the page allows no data: except images
    reportCompressedSize: false,
    rollupOptions: {
      input: { pane: "pane.html", sw: "src/offline/sw.ts" },
      // Manifests name one script of functions; what it loads is named by its content.
      output: { entryFileNames: "[name].js" },
    },
  },
  worker: { format: "es" },
  plugins: [narrow, offline],
});
