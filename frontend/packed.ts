import { globSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Sheets, scripts and icons, packed once here: whoever serves them sends the packed file to who takes it. */
export function packed(): Plugin {
  return {
    name: "cantiere-packed",
    apply: "build",
    writeBundle({ dir }) {
      for (const file of globSync(`${dir}/assets/*.{css,js,svg}`)) {
        const bytes = readFileSync(file);
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
        writeFileSync(
          `${file}.br`,
          brotliCompressSync(bytes, {
            params: {
              [constants.BROTLI_PARAM_QUALITY]: 11,
              [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
            },
          }),
        );
      }
    },
  };
}
