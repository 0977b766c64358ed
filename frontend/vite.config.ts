import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { packed } from "./packed.ts";
import { sprite } from "./sprite.ts";

const PALETTES = ["appennino", "siena", "vivaio", "ardesia", "mosto"];

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [sprite(), packed()],
  resolve: {
    alias: [{ find: /^leaflet$/, replacement: fileURLToPath(new URL("leaflet.js", import.meta.url)) }],
  },
  css: {
    preprocessorOptions: {
      scss: {
        loadPaths: ["node_modules"],
        quietDeps: true,
        silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
      },
    },
  },
  build: {
    outDir: "../src/cantiere/foundation/ui/static/ui/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsDir: "assets",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    rolldownOptions: {
      checks: { eval: false, pluginTimings: false }, // htmx's eval is never reached: allowEval is off
      input: [
        "main.ts",
        "bare.ts",
        "in-place.ts",
        ...PALETTES.flatMap((name) => [`styles/${name}.scss`, `styles/bare-${name}.scss`]),
      ],
    },
  },
});
