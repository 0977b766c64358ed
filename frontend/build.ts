// Builds when a source is newer than the last manifest, and says what it did.
import { existsSync, globSync, statSync } from "node:fs";
import { build } from "vite";

const MANIFEST = "../src/cantiere/foundation/ui/static/ui/dist/manifest.json";
const SOURCES = ["*.{ts,js,txt,json}", "styles/**", "islands/**", "live/**", "labs/**", "board/**"];

const built = existsSync(MANIFEST) ? statSync(MANIFEST).mtimeMs : 0;
const newest = Math.max(...globSync(SOURCES).map((file) => statSync(file).mtimeMs));

if (newest < built) {
  console.log("▸ Front end: nothing changed since the last build.");
} else {
  console.log("▸ Front end: building sheets, script and icons …");
  await build({ logLevel: "warn" });
  console.log("▸ Front end: built.");
}
