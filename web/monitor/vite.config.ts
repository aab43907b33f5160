import { defineConfig, type Plugin } from "vite";
import { de } from "./src/texts/de.ts";
import { en } from "./src/texts/en.ts";

/** The few words that must be in the document before any script runs come from the same catalogues. */
const words: Plugin = {
  name: "words",
  transformIndexHtml: (html) => html.replace("%noScript%", en.noScript).replace("%noScript.de%", de.noScript),
};

export default defineConfig({
  base: "./", // works from any folder of any server
  server: { proxy: { "/api": "http://127.0.0.1:4318" } },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the policy of the page allows no data: except images
    reportCompressedSize: false,
  },
  plugins: [words],
});
