import fs from "node:fs";
import { defineConfig, type Plugin } from "vite";
import { addressOf, gallery } from "./src/gallery.ts";
import { de } from "./src/texts.de.ts";
import { en } from "./src/texts.en.ts";
import { keepExports } from "./vite.exports.ts";
import { offline } from "./vite.offline.ts";

/** The few words that must be in the document before any script runs come from the same catalogues. */
const words: Plugin = {
  name: "words",
  transformIndexHtml: (html) => html.replace("%noScript%", en.noScript).replace("%noScript.de%", de.noScript),
};

/** The core and the script of its worker are fetched along with the first scripts; what the address names, soon after them. */
const ahead: Plugin = {
  name: "ahead",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler: (html, { bundle }) => {
      const [core, engine, script] = [/\/scorelet-first-[^/]+\.wasm$/, /\/engine-[^/]+\.js$/, /\/ahead-[^/]+\.js$/].map((pattern) => {
        const name = Object.keys(bundle ?? {}).find((file) => pattern.test(file));
        if (!name) throw new Error(`nothing built is called ${pattern}`);
        return `./${name}`;
      });
      const links = [
        { rel: "preload", as: "fetch", type: "application/wasm", href: core },
        { rel: "modulepreload", href: engine },
      ];
      return {
        // Before the page's own, which asks for the same.
        html: html.replace("<script ", `<script type="module" src="${script}"></script>\n  <script `),
        tags: links.map((link) => ({ tag: "link", attrs: { ...link, crossorigin: true }, injectTo: "head" })),
      };
    },
  },
};

/**
 * What the page needs before its first prediction is one script: many small ones would wait for each other, since browsers
 * fetch few files at a time. `main.ts` waits for what it loads itself, and what that shares with it must not wait for it.
 */
const first = new Set<string>();
const alone = /\/src\/plural\.ts$/; // of the words of every language
const reporting = /\/src\/(views\/|texts\/\w+\/)?telemetry[/.]/; // loaded where its owner has set it up, all at once
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

/**
 * The service worker keeps all of them; the models, in a folder, are kept when they are used. telemetry.json is its owner's, and
 * asked for anew each time.
 */
const fixed = fs.readdirSync("public").filter((name) => fs.statSync(`public/${name}`).isFile() && name !== "telemetry.json");

/** The core in one file: the package would begin with it; the page takes the one in two parts. */
const unused = /\/scorelet-(?!first-|further-|full-)[^/]+\.wasm$/;

/** Models of the gallery that the core's first part does not score. */
const everyday = ["MiningModel", "RegressionModel", "Scorecard", "TreeModel"];
const needFurther = gallery.filter(({ model }) => !everyday.includes(model)).map(addressOf);

export default defineConfig({
  define: { NEED_FURTHER: JSON.stringify(needFurther) },
  base: "./", // works from any folder of any server
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the policy of the page allows no data: except images
    reportCompressedSize: false,
    rollupOptions: {
      input: { index: "index.html", ahead: "src/engine/ahead.ts", sw: "src/offline/sw.ts" },
      output: {
        entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
        codeSplitting: {
          groups: [
            { name: "page", test: (id) => first.has(id) && /\.(ts|js|json)$/.test(id) },
            { name: "plural", test: alone, priority: 1 },
            { name: "telemetry", test: (id) => reporting.test(id) && !first.has(id) },
          ],
        },
      },
    },
  },
  worker: {
    format: "es",
    plugins: () => [keepExports],
    rollupOptions: {
      output: { entryFileNames: ({ facadeModuleId }) => `assets/${/\/(engine|telemetry)\//.exec(facadeModuleId ?? "")?.[1] ?? "[name]"}-[hash].js` },
    },
  },
  plugins: [words, ahead, together, offline(fixed, "index.html", unused)],
});
