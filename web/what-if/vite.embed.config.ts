// The element <scorelet-whatif>, for one script tag in any page: dist/embed/scorelet-whatif.js and what it loads.
import { defineConfig, type Plugin } from "vite";
import { keepExports } from "./vite.exports.ts";

/** What only the page says: the words of a catalogue cannot be told apart by what uses them. */
const unsaid = /\/texts\/\w+\/(card|gallery|kiosk|many|scenarios|share|two)\.ts$/;
const words: Plugin = {
  name: "words",
  enforce: "pre",
  transform: (code, file) =>
    unsaid.test(file)
      ? [...code.matchAll(/^export const (\w+)/gm)].map(([, name]) => `export const ${name} = {};`).join("\n")
      : undefined,
};

export default defineConfig({
  base: "./",
  publicDir: "embed",
  build: {
    outDir: "dist/embed",
    target: "es2022",
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rollupOptions: {
      input: { "scorelet-whatif": "src/embed/element.ts" },
      output: { entryFileNames: "[name].js" },
    },
  },
  worker: { format: "es", plugins: () => [keepExports] },
  plugins: [words],
});
