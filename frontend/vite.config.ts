import { defineConfig } from "vite";
import { sprite } from "./sprite.ts";

const PALETTES = ["appennino", "siena", "vivaio", "ardesia", "mosto"];

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [sprite()],
  resolve: { alias: { leaflet: "leaflet/dist/leaflet-src.esm.js" } }, // its main file cannot be shaken
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
      input: ["main.ts", ...PALETTES.map((name) => `styles/${name}.scss`)],
    },
  },
});
