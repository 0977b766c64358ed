import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const LIBRARY = "node_modules/bootstrap-italia/dist/svg/sprites.svg";

/** The symbols named in icons.txt, cut out of the library's sprite. */
export function cutSprite(list: string, library: string): string {
  const names = list.split("\n").filter((line) => line.startsWith("it-"));
  const symbols = names.map((name) => {
    const found = library.match(new RegExp(`<symbol id="${name}"[\\s>].*?</symbol>`, "s"));
    if (!found) throw new Error(`icons.txt names ${name}, which Bootstrap Italia does not have`);
    return found[0];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

/** Emits the sprite as one hashed file, listed in the manifest as icons.svg. */
export function sprite(): Plugin {
  return {
    name: "cantiere-sprite",
    apply: "build",
    buildStart() {
      this.addWatchFile("icons.txt");
      this.emitFile({
        type: "asset",
        name: "icons.svg",
        originalFileName: "icons.svg",
        source: cutSprite(readFileSync("icons.txt", "utf8"), readFileSync(LIBRARY, "utf8")),
      });
    },
  };
}
