/** Results as pictures with their numbers in words; the pages without script draw the same by a template. */

import { el, say, svg, type Words } from "./dom.ts";
import type { Asked, Line, Result } from "./frame.ts";

const STANCES = ["agree", "disagree", "pass"] as const;
const SAID = { agree: "agrees", disagree: "disagrees", pass: "passes" };
const SIZES = 6;
const FEW = 4; // lines that leave room for large ones

export const percent = (share: number): number => Math.round(share * 100);

/** The size of a word in a cloud, from 1 to 6. */
export const sizeOf = (count: number, most: number): number =>
  most > 0 ? 1 + Math.round(((SIZES - 1) * count) / most) : 1;

/** What a line measures, in words. */
export function measure(asked: Asked, line: Line, people: number, words: Words): string {
  if (asked.asks === "points") return say(words, "points", { n: line.count });
  if (asked.asks === "ranking") return say(words, "score", { n: line.count });
  if (asked.asks === "words" || asked.asks === "pin") return String(line.count);
  return `${say(words, "of_people", { n: line.count, of: people })} (${percent(line.share)} %)`;
}

/** The words of a line: those of a scale stand only at its two ends. */
export function textOf(asked: Asked, line: Line): string {
  if (asked.asks !== "scale") return line.text;
  const end = line.key === "1" ? asked.labels[0] : line.key === String(asked.steps) ? asked.labels[1] : "";
  return end ? `${line.key} · ${end}` : line.key;
}

export function results(asked: Asked, found: Result, words: Words): HTMLElement {
  const few = found.lines.length <= FEW;
  const made = el("section", { class: "lab-results", "data-asks": asked.asks, "data-few": few });
  made.append(el("h2", {}, say(words, "results")));
  if (asked.asks === "words") made.append(...cloud(found, words));
  else if (asked.asks === "statements") made.append(stances(found, words));
  else if (asked.asks !== "ideas") made.append(bars(asked, found, words));
  made.append(el("p", { class: "lab-figures" }, figures(found, words).join(" ")));
  return made;
}

/** What stands under the picture, sentence by sentence. */
export function figures(found: Result, words: Words): string[] {
  const said = [
    found.people === 0
      ? say(words, "no_one")
      : found.people === 1
        ? say(words, "one_person")
        : say(words, "people", { n: found.people }),
  ];
  if (found.paper) said.push(say(words, "paper", { n: found.paper }));
  const number = (value: number) =>
    (Math.round(value * 10) / 10).toLocaleString(document.documentElement.lang);
  if (found.mean !== undefined && found.median !== undefined) {
    said.push(
      `${say(words, "mean", { n: number(found.mean) })}, ${say(words, "median", { n: number(found.median) })}.`,
    );
  }
  if (found.right !== undefined) said.push(say(words, "right", { n: found.right, of: found.people }));
  return said;
}

function bars(asked: Asked, found: Result, words: Words): HTMLElement {
  const before = new Map(found.before?.lines.map((line) => [line.key, percent(line.share)]));
  const list = el("ol", { class: "lab-bars" });
  for (const line of found.lines) {
    const right = asked.right?.includes(line.key) ?? false;
    const name = el("span", { class: "lab-bar-text", "data-key": line.key }, textOf(asked, line));
    if (right) name.append(" ", el("span", { class: "lab-by" }, `✓ ${say(words, "right_mark")}`));
    const was = found.before ? (before.get(line.key) ?? 0) : undefined;
    const bar = svg(
      "svg",
      { class: "lab-bar", "aria-hidden": "true" },
      svg("rect", { class: "lab-bar-fill", width: `${percent(line.share)}%`, height: "100%" }),
      ...(was === undefined
        ? []
        : [svg("rect", { class: "lab-bar-was", x: `${was}%`, width: 3, height: "100%" })]),
    );
    const told = [measure(asked, line, found.people, words)];
    if (was !== undefined) told.push(say(words, "was", { before: `${was} %` }));
    const number = el("span", { class: "lab-bar-number" }, told.join(" · "));
    list.append(el("li", right ? { class: "lab-right" } : {}, name, bar, number));
  }
  return list;
}

function stances(found: Result, words: Words): HTMLElement {
  const list = el("ol", { class: "lab-bars lab-stances" });
  for (const line of found.lines) {
    const counts = STANCES.map((stance) => line.parts?.[stance] ?? 0);
    const total = counts.reduce((sum, count) => sum + count, 0) || 1;
    const parts = el("span", { class: "lab-parts" });
    const bar = svg("svg", { class: "lab-bar", "aria-hidden": "true" });
    let from = 0;
    STANCES.forEach((stance, at) => {
      const wide = ((counts[at] ?? 0) * 100) / total;
      const number = el("strong", {}, String(counts[at]));
      parts.append(
        el("span", { class: `lab-part lab-part-${stance}` }, `${say(words, SAID[stance])} `, number),
        " ",
      );
      bar.append(
        svg("rect", { class: `lab-bar-${stance}`, x: `${from}%`, width: `${wide}%`, height: "100%" }),
      );
      from += wide;
    });
    list.append(el("li", {}, el("span", { class: "lab-bar-text" }, line.text), parts, bar));
  }
  return list;
}

function cloud(found: Result, words: Words): HTMLElement[] {
  const most = Math.max(0, ...found.lines.map((line) => line.count));
  const picture = el("p", { class: "lab-cloud", "aria-hidden": "true" });
  for (const line of found.lines) {
    picture.append(el("span", { class: `lab-size-${sizeOf(line.count, most)}` }, line.text), " ");
  }
  const head = el("tr", {}, el("th", { scope: "col" }, say(words, "word_of")));
  head.append(el("th", { scope: "col" }, say(words, "count")));
  const body = el("tbody", {});
  for (const line of found.lines) {
    body.append(el("tr", {}, el("td", {}, line.text), el("td", {}, String(line.count))));
  }
  const caption = el("caption", { class: "visually-hidden" }, say(words, "results"));
  return [picture, el("table", { class: "table lab-words" }, caption, el("thead", {}, head), body)];
}
