/** For whoever runs the laboratory: space and arrows on the screen do what the desk's buttons do. */

import type { Frame } from "../../labs/frame.ts";
import { newKey } from "../../live.ts";

/** The block after or before the one that runs; undefined at the ends. */
export function neighbour(blocks: string[], current: string, by: 1 | -1): string | undefined {
  const at = blocks.indexOf(current);
  return at < 0 ? (by > 0 ? blocks[0] : undefined) : blocks[at + by];
}

export function leads(host: HTMLElement, frame: () => Frame | undefined): void {
  const blocks = JSON.parse(host.dataset.leads || "[]") as string[];
  const desk = host.dataset.desk ?? "";
  if (blocks.length === 0 || !desk) return;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target instanceof Element && event.target.closest("button, a, input, [tabindex='0']")) return;
    const by = event.key === "ArrowRight" || event.key === " " || event.key === "PageDown" ? 1 : -1;
    if (by < 0 && event.key !== "ArrowLeft" && event.key !== "PageUp") return;
    const seen = frame()?.current ?? "";
    const block = neighbour(blocks, seen, by);
    if (block === undefined) return;
    event.preventDefault();
    const body = new URLSearchParams({ block, seen, opens: "yes", once: newKey() });
    body.set(
      "csrfmiddlewaretoken",
      document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "",
    );
    void fetch(desk, { method: "POST", body, redirect: "manual" });
  });
}
