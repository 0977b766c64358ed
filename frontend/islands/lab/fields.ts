/** The fields of a question, as the page without script has them too, and what they say. */

import { el, say, type Words } from "../../labs/dom.ts";
import type { Asked, Own } from "../../labs/frame.ts";

export const STANCES = ["agree", "disagree", "pass"] as const;
export const POINTS = 100;
const LONGEST_IDEA = 500;
const LONGEST_WORD = 40;

/** A reason not to send: one of the words of refusals. */
export class NotYet extends Error {}

type Made = (Node | string)[];

/** The fields of a question that has none on the page yet. */
export function fields(asked: Asked, own: Own, words: Words): Made {
  const answer = own.answers[asked.key];
  return MAKE[asked.asks]?.(asked, answer, words) ?? [];
}

/** What the fields say now; `NotYet` where that is no answer. */
export function read(form: HTMLFormElement, asked: Asked): unknown {
  const data = new FormData(form);
  const value = READ[asked.asks]?.(data, asked);
  if (value === undefined) throw new NotYet("not_a_list");
  return value;
}

const radio = (name: string, value: string, type: string, checked: boolean, ...told: Made) =>
  el("label", { class: "lab-choice" }, el("input", { type, name, value, checked }), el("span", {}, ...told));

function choices(asked: Asked, answer: unknown, words: Words): Made {
  const several = asked.asks === "multiple";
  const chosen = new Set(Array.isArray(answer) ? answer : [answer]);
  const made: Made = several ? [el("p", { class: "form-text" }, say(words, "most", { n: asked.most }))] : [];
  const type = several ? "checkbox" : "radio";
  return [
    ...made,
    ...asked.options.map(({ key, text }) => radio("choice", key, type, chosen.has(key), text)),
  ];
}

function scale(asked: Asked, answer: unknown): Made {
  const steps = Array.from({ length: asked.steps }, (_, at) => {
    const end = at === 0 ? asked.labels[0] : at === asked.steps - 1 ? asked.labels[1] : "";
    const step = el("strong", {}, String(at + 1));
    return radio("choice", String(at + 1), "radio", answer === at + 1, step, end ? ` ${end}` : "");
  });
  return [el("div", { class: "lab-scale" }, ...steps)];
}

function ideas(asked: Asked, _answer: unknown, words: Words): Made {
  const id = `f-${asked.key}`;
  return [
    el("label", { class: "visually-hidden", for: id }, say(words, "idea")),
    el("textarea", { class: "form-control", id, name: "text", rows: 3, maxlength: LONGEST_IDEA }),
    el("p", { class: "form-text" }),
  ];
}

function wordFields(asked: Asked, answer: unknown, words: Words): Made {
  const given = Array.isArray(answer) ? (answer as string[]) : [];
  return Array.from({ length: asked.most }, (_, at) => {
    const id = `f-${asked.key}-${at + 1}`;
    const value = given[at] ?? "";
    return [
      el("label", { for: id }, say(words, "word", { n: at + 1 })),
      el("input", {
        class: "form-control lab-word",
        id,
        name: "word",
        maxlength: LONGEST_WORD,
        autocomplete: "off",
        value,
      }),
    ];
  }).flat();
}

function numbered(
  asked: Asked,
  words: Words,
  list: "ol" | "ul",
  name: string,
  label: string,
  value: (key: string) => string,
): HTMLElement {
  const most = name === "place" ? asked.options.length : POINTS;
  return el(
    list,
    { class: name === "place" ? "lab-ranking" : "lab-points" },
    ...asked.options.map(({ key, text }) => {
      const input = el("input", {
        class: "form-control",
        type: "number",
        inputmode: "numeric",
        name: `${name}-${key}`,
        min: name === "place" ? 1 : 0,
        max: most,
        value: value(key),
        "aria-label": say(words, label, { text }),
      });
      const told = el("span", { class: "lab-row-text" }, text);
      return el("li", { "data-key": key }, ...(name === "place" ? [input, told] : [told, input]));
    }),
  );
}

function ranking(asked: Asked, answer: unknown, words: Words): Made {
  const order = Array.isArray(answer) ? (answer as string[]) : [];
  const place = (key: string) => (order.includes(key) ? String(order.indexOf(key) + 1) : "");
  return [
    el("p", { class: "form-text" }, say(words, "first")),
    numbered(asked, words, "ol", "place", "position", place),
  ];
}

function points(asked: Asked, answer: unknown, words: Words): Made {
  const given = (answer ?? {}) as Record<string, number>;
  return [
    el("p", { class: "lab-remaining" }),
    numbered(asked, words, "ul", "points", "points_of", (key) => String(given[key] ?? "")),
  ];
}

function statements(asked: Asked, answer: unknown, words: Words): Made {
  const given = (answer ?? {}) as Record<string, string>;
  return asked.options.map(({ key, text }) =>
    el(
      "fieldset",
      { class: "lab-statement" },
      el("legend", {}, text),
      ...STANCES.map((stance) =>
        radio(`stance-${key}`, stance, "radio", given[key] === stance, say(words, stance)),
      ),
    ),
  );
}

function pin(asked: Asked, _answer: unknown, words: Words): Made {
  const id = `f-${asked.key}`;
  return [
    el("label", { for: id }, say(words, "town")),
    el("input", { class: "form-control", id, name: "place", autocomplete: "off" }),
  ];
}

const MAKE: Record<string, (asked: Asked, answer: unknown, words: Words) => Made> = {
  single: choices,
  quiz: choices,
  multiple: choices,
  scale,
  ideas,
  words: wordFields,
  ranking,
  points,
  statements,
  pin,
};

const one = (data: FormData) => {
  const value = data.get("choice");
  if (typeof value !== "string") throw new NotYet("nothing_chosen");
  return value;
};

function several(data: FormData, asked: Asked): string[] {
  const chosen = data.getAll("choice") as string[];
  if (chosen.length === 0) throw new NotYet("nothing_chosen");
  if (chosen.length > asked.most) throw new NotYet("too_many");
  return chosen;
}

/** By the numbers that were written; nothing written is nothing ranked. */
export function order(places: Record<string, string>): string[] {
  const ranked = Object.entries(places).filter(([, place]) => /^\d+$/.test(place.trim()));
  if (new Set(ranked.map(([, place]) => Number(place))).size < ranked.length)
    throw new NotYet("ranked_twice");
  if (ranked.length === 0) throw new NotYet("nothing_chosen");
  return ranked.sort((a, b) => Number(a[1]) - Number(b[1])).map(([key]) => key);
}

/** All hundred, in whole points. */
export function hundred(given: Record<string, string>): Record<string, number> {
  const whole = Object.entries(given).map(([key, written]): [string, number] => {
    const said = written.trim() || "0";
    if (!/^\d{1,3}$/.test(said)) throw new NotYet("not_points");
    return [key, Number(said)];
  });
  if (remaining(whole.map(([, points]) => points)) !== 0) throw new NotYet("not_all_points");
  return Object.fromEntries(whole.filter(([, points]) => points > 0));
}

export const remaining = (points: number[]): number => POINTS - points.reduce((sum, each) => sum + each, 0);

const named = (data: FormData, asked: Asked, name: string) =>
  Object.fromEntries(asked.options.map(({ key }) => [key, String(data.get(`${name}-${key}`) ?? "")]));

const READ: Record<string, (data: FormData, asked: Asked) => unknown> = {
  single: one,
  quiz: one,
  scale: (data) => Number(one(data)),
  multiple: several,
  words: (data) => {
    const given = (data.getAll("word") as string[]).map((word) => word.trim()).filter(Boolean);
    if (given.length === 0) throw new NotYet("nothing_written");
    return given;
  },
  ideas: (data) => {
    const given = String(data.get("text") ?? "").trim();
    if (!given) throw new NotYet("nothing_written");
    return given;
  },
  ranking: (data, asked) => order(named(data, asked, "place")),
  points: (data, asked) => hundred(named(data, asked, "points")),
  statements: (data, asked) => {
    const given = Object.entries(named(data, asked, "stance")).filter(([, stance]) => stance);
    if (given.length === 0) throw new NotYet("nothing_chosen");
    return Object.fromEntries(given);
  },
  pin: (data) => {
    const at = String(data.get("at") ?? "").split(" ");
    const position = at.map(Number);
    if (at.length !== 2 || !position.every(Number.isFinite)) throw new NotYet("not_a_position");
    return position;
  },
};
