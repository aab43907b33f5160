// The element <scorelet-whatif>, for one script tag in any page: dist/embed/scorelet-whatif.js and what it loads.
import { defineConfig } from "vite";

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
  worker: { format: "es" },
});
