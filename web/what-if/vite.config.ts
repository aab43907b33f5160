import { createHash } from "node:crypto";
import fs from "node:fs";
import { defineConfig, type Plugin } from "vite";
import { de } from "./src/texts.de.ts";
import { en } from "./src/texts.en.ts";

/** The few words that must be in the document before any script runs come from the same catalogues. */
const words: Plugin = {
  name: "words",
  transformIndexHtml: (html) => html.replace("%noScript%", en.noScript).replace("%noScript.de%", de.noScript),
};

/** The core and the script of its worker are fetched along with the first scripts. */
const ahead: Plugin = {
  name: "ahead",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler: (_, { bundle }) => {
      const [core, engine] = [/\/scorelet-(?!full-)[^/]+\.wasm$/, /\/engine-[^/]+\.js$/].map((pattern) => {
        const name = Object.keys(bundle ?? {}).find((file) => pattern.test(file));
        if (!name) throw new Error(`nothing built is called ${pattern}`);
        return `./${name}`;
      });
      const links = [
        { rel: "preload", as: "fetch", type: "application/wasm", href: core },
        { rel: "modulepreload", href: engine },
      ];
      return links.map((link) => ({ tag: "link", attrs: { ...link, crossorigin: true }, injectTo: "head" }));
    },
  },
};

/**
 * What the page needs before its first prediction is one script: many small ones would wait for each other, since browsers
 * fetch few files at a time. `main.ts` waits for what it loads itself, and what that shares with it must not wait for it.
 */
const first = new Set<string>();
const alone = /\/src\/plural\.ts$/; // of the words of every language
const together: Plugin = {
  name: "together",
  apply: "build",
  buildEnd() {
    const reach = (id: string): void => {
      if (first.has(id)) return;
      first.add(id);
      for (const next of this.getModuleInfo(id)?.importedIds ?? []) reach(next);
    };
    const main = [...this.getModuleIds()].find((id) => id.endsWith("/src/main.ts"))!;
    reach(main);
    first.delete(main);
  },
};

/** Tells the service worker which files it keeps: all but the models, which are kept when they are used. */
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
    const fixed = fs.readdirSync("public").filter((name) => fs.statSync(`public/${name}`).isFile());
    for (const name of fixed) hash.update(name).update(fs.readFileSync(`public/${name}`));
    const files = ["./", ...built.map((f) => f.fileName).filter((name) => name !== "index.html"), ...fixed];
    const version = hash.digest("hex").slice(0, 16);
    worker.code = `const FILES=${JSON.stringify(files)},VERSION=${JSON.stringify(version)};${worker.code}`;
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
      input: { index: "index.html", sw: "src/offline/sw.ts" },
      output: {
        entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
        codeSplitting: {
          groups: [
            { name: "page", test: (id) => first.has(id) && /\.(ts|js|json)$/.test(id) },
            { name: "plural", test: alone, priority: 1 },
          ],
        },
      },
    },
  },
  worker: {
    format: "es",
    rollupOptions: {
      output: { entryFileNames: ({ facadeModuleId }) => `assets/${/\/engine\//.test(facadeModuleId ?? "") ? "engine" : "[name]"}-[hash].js` },
    },
  },
  plugins: [words, ahead, together, offline],
});
