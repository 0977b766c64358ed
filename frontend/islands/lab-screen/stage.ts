/** What stands in the middle of the screen. */

import { count, el, say, type Words } from "../../labs/dom.ts";
import { type Asked, asks, type Frame } from "../../labs/frame.ts";
import { results } from "../../labs/results.ts";

export interface Picture {
  /** Another one means that the picture is drawn anew. */
  key: string;
  kind: string;
  make(): (Node | string)[];
}

const words_ = (told: string) => el("p", { class: "screen-words" }, told);

export function picture(frame: Frame, words: Words, data: DOMStringMap): Picture {
  if (frame.ended) return { key: "ended", kind: "ended", make: () => [words_(say(words, "over"))] };
  if (!frame.block) return { key: "soon", kind: "waiting", make: () => [words_(say(words, "soon"))] };
  if (asks(frame.block)) return question(frame.block, words, data);
  if (frame.kind === "groups") return tables(frame, words);
  if (frame.kind === "harvest") return wall(frame, words);
  const clock = frame.kind === "break" ? [el("p", { class: "screen-clock" })] : [];
  const goal = frame.goal ? [words_(frame.goal)] : [];
  return { key: `${frame.current} ${frame.goal}`, kind: frame.kind, make: () => [...clock, ...goal] };
}

function question(asked: Asked, words: Words, data: DOMStringMap): Picture {
  const found = asked.results;
  if (asked.asks === "ideas" && asked.ideas && asked.ideas.length > 0) {
    const key = JSON.stringify([asked.ideas, asked.more]);
    return { key, kind: "wall", make: () => ideas(asked, words) };
  }
  if (found && asked.asks !== "ideas") {
    const key = JSON.stringify([asked.key, found, asked.right]);
    return { key, kind: "results", make: () => outcome(asked, words, data) };
  }
  const key = `${asked.key} ${asked.people} ${asked.open}`;
  return {
    key,
    kind: "asking",
    make: () => [
      el("p", { class: "screen-number" }, String(asked.people)),
      words_(
        `${asked.people === 1 ? say(words, "one_answer") : say(words, "answers", { n: "" }).trim()} · ${say(words, asked.open ? "answer_now" : "shut")}`,
      ),
    ],
  };
}

function outcome(asked: Asked, words: Words, data: DOMStringMap): Node[] {
  if (!asked.results) return [];
  const drawn = results(asked, asked.results, words);
  if (asked.asks !== "pin") return [drawn];
  const map = el("div", { class: "screen-map" });
  void import("./pins.ts").then(({ pins }) => pins(map, drawn, asked, words, data)).catch(() => map.remove());
  return [el("div", { class: "screen-pins" }, map, drawn)];
}

function ideas(asked: Asked, words: Words): Node[] {
  const list = el("ul", { class: wallOf(asked.ideas?.length ?? 0) });
  for (const idea of asked.ideas ?? []) {
    const line = el("li", {}, el("span", { class: "screen-idea" }, idea.text));
    const told = [
      idea.name ?? "",
      idea.count > 1 ? say(words, "said_by", { n: idea.count }) : "",
      idea.ups > 0 ? count(words, "one_up", "ups", idea.ups) : "",
    ].filter(Boolean);
    if (told.length > 0) line.append(el("span", { class: "screen-by" }, told.join(" · ")));
    list.append(line);
  }
  return [list, el("p", { class: "screen-by screen-more", "data-more": asked.more ?? 0 })];
}

/** The more there are, the smaller; what still finds no room is counted (`shrink`). */
const wallOf = (cards: number): string =>
  `screen-wall ${cards > 21 ? "screen-wall-full" : cards > 9 ? "screen-wall-many" : ""}`.trim();

const SMALLEST = 0.5;
const STEP = 0.06;

/** Letters become smaller until everything is seen; cards that stand outside all the same are told as a number. */
export function shrink(stage: HTMLElement, words: Words): void {
  stage.style.fontSize = "";
  for (let size = 1; size > SMALLEST && stage.scrollHeight > stage.clientHeight + 1; size -= STEP) {
    stage.style.fontSize = `${size}em`;
  }
  const wall = stage.querySelector<HTMLElement>(".screen-wall");
  const more = stage.querySelector<HTMLElement>(".screen-more");
  if (!wall || !more) return;
  const edge = wall.getBoundingClientRect();
  const cards = [...wall.children].map((card) => card.getBoundingClientRect());
  const outside = cards.filter(({ left, bottom }) => left >= edge.right || bottom > edge.bottom + 1).length;
  const n = outside + Number(more.dataset.more ?? 0);
  more.textContent = n > 0 ? say(words, "hidden_more", { n }) : "";
}

function tables(frame: Frame, words: Words): Picture {
  const key = JSON.stringify(frame.groups);
  return {
    key,
    kind: "groups",
    make: () => [
      el("p", { class: "screen-clock" }),
      el(
        "ul",
        { class: "screen-tables" },
        ...(frame.groups ?? []).map(({ name, people }) =>
          el("li", {}, el("strong", {}, name), " ", count(words, "one_seat", "seats", people)),
        ),
      ),
    ],
  };
}

function wall(frame: Frame, words: Words): Picture {
  const items = frame.wall ?? [];
  return {
    key: JSON.stringify(items),
    kind: "wall",
    make: () => {
      if (items.length === 0) return [words_(say(words, "wall_empty"))];
      const lines = items.map(({ text, count, group }) => {
        const told = [group, count > 1 ? say(words, "said_by", { n: count }) : ""].filter(Boolean);
        const line = el("li", {}, el("span", { class: "screen-idea" }, text));
        if (told.length > 0) line.append(el("span", { class: "screen-by" }, told.join(" · ")));
        return line;
      });
      return [
        el("ul", { class: wallOf(lines.length) }, ...lines),
        el("p", { class: "screen-by screen-more" }),
      ];
    },
  };
}
