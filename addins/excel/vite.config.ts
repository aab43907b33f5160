import { defineConfig, type Plugin } from "vite";

import { offline } from "../../web/what-if/vite.offline.ts";

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
  plugins: [narrow, offline(["functions.json", "functions.de.json"])],
});
