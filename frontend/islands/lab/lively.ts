/** What script adds to the fields: order by buttons, points by steps, the remainder, letters left, towns and a map. */

import { el, say, text, type Words } from "../../labs/dom.ts";
import type { Asked } from "../../labs/frame.ts";
import { remaining } from "./fields.ts";

const STEP = 5;
const FEW_LETTERS = 100;

export interface Addresses {
  places: string;
  ground: string;
  near: string;
}

export function enliven(form: HTMLFormElement, asked: Asked, words: Words, addresses: Addresses): void {
  if (asked.asks === "ranking") rank(form, words);
  if (asked.asks === "points") share(form, words);
  if (asked.asks === "multiple") limit(form, asked);
  if (asked.asks === "ideas") countLetters(form, words);
  if (asked.asks === "pin") towns(form, words, addresses);
}

const rows = (list: Element) => [...list.querySelectorAll<HTMLLIElement>(":scope > li")];
const input = (row: Element) => row.querySelector<HTMLInputElement>("input[type=number]") as HTMLInputElement;
const name = (row: Element) => row.querySelector(".lab-row-text")?.textContent ?? "";

/** A small button beside a row that says in words what its sign means. */
function stepper(sign: string, label: string, press: (button: HTMLElement) => void): HTMLElement {
  const button = el("button", { type: "button", class: "lab-step", "aria-label": label });
  button.append(sign);
  button.addEventListener("click", () => press(button));
  return button;
}

/** The list stands in its order; each row moves by two buttons, or by writing its place. */
function rank(form: HTMLFormElement, words: Words): void {
  const list = form.querySelector(".lab-ranking");
  if (!list) return;
  const told = el("p", { class: "visually-hidden", "aria-live": "polite" });
  const settle = () => {
    rows(list).forEach((row, at, all) => {
      input(row).value = String(at + 1);
      const [up, down] = row.querySelectorAll("button");
      up?.setAttribute("aria-disabled", String(at === 0));
      down?.setAttribute("aria-disabled", String(at === all.length - 1));
    });
  };
  const move = (row: HTMLLIElement, to: number, from: HTMLElement) => {
    const others = rows(list).filter((other) => other !== row);
    const at = Math.min(Math.max(to, 0), others.length);
    list.insertBefore(row, others[at] ?? null);
    settle();
    from.focus();
    told.textContent = `${name(row)}: ${at + 1}`;
    form.dispatchEvent(new Event("change"));
  };
  for (const row of rows(list)) {
    const step = (by: number) => (button: HTMLElement) => move(row, rows(list).indexOf(row) + by, button);
    row.append(
      stepper("↑", say(words, "upwards", { text: name(row) }), step(-1)),
      stepper("↓", say(words, "downwards", { text: name(row) }), step(1)),
    );
    input(row).addEventListener("change", () => move(row, Number(input(row).value) - 1, input(row)));
  }
  const placed = (row: Element) => Number(input(row).value) || Number.POSITIVE_INFINITY;
  list.append(...rows(list).sort((a, b) => placed(a) - placed(b)));
  list.after(told);
  settle();
}

function share(form: HTMLFormElement, words: Words): void {
  const list = form.querySelector(".lab-points");
  const told = form.querySelector(".lab-remaining");
  if (!list || !told) return;
  told.setAttribute("role", "status");
  const given = () => rows(list).map((row) => Number(input(row).value) || 0);
  const tell = () => {
    const rest = remaining(given());
    text(
      told,
      rest === 0
        ? say(words, "none_left")
        : rest > 0
          ? say(words, "remaining", { n: rest })
          : say(words, "too_much", { n: -rest }),
    );
    told.classList.toggle("lab-over", rest < 0);
  };
  for (const row of rows(list)) {
    const step = (by: number) => () => {
      const now = Number(input(row).value) || 0;
      const free = remaining(given());
      input(row).value = String(Math.max(0, now + (by > 0 ? Math.min(by, Math.max(free, 0)) : by)));
      tell();
      form.dispatchEvent(new Event("change"));
    };
    input(row).before(stepper("−", say(words, "minus", { text: name(row) }), step(-STEP)));
    input(row).after(stepper("+", say(words, "plus", { text: name(row) }), step(STEP)));
    input(row).addEventListener("input", tell);
  }
  tell();
}

/** No more boxes than one may tick: the others wait. */
function limit(form: HTMLFormElement, asked: Asked): void {
  const boxes = [...form.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  const look = () => {
    const full = boxes.filter((box) => box.checked).length >= asked.most;
    for (const box of boxes) box.disabled = full && !box.checked;
  };
  form.addEventListener("change", look);
  look();
}

function countLetters(form: HTMLFormElement, words: Words): void {
  const field = form.querySelector("textarea");
  if (!field) return;
  const note = el("p", { class: "form-text", "aria-live": "polite" });
  field.after(note);
  field.addEventListener("input", () => {
    const n = field.maxLength - field.value.length;
    text(note, n <= FEW_LETTERS ? say(words, "letters", { n }) : "");
  });
}

interface Town {
  label: string;
  lat: number | null;
  lng: number | null;
}

/** A municipality by its name; the map is another way to say the same. */
function towns(form: HTMLFormElement, words: Words, addresses: Addresses): void {
  const field = form.querySelector<HTMLInputElement>("input[name=place]");
  if (!field) return;
  const list = el("datalist", { id: `${field.id}-towns` });
  const at = el("input", { type: "hidden", name: "at" });
  const told = el("p", { class: "form-text", role: "status" });
  const button = el("button", { type: "button", class: "btn btn-outline-primary" }, say(words, "on_map"));
  const host = el("div", { class: "lab-map" });
  field.setAttribute("list", list.id);
  field.after(list, at, told, button, host);
  const known = new Map<string, Town>();
  const put = (lng: number, lat: number, place: string) => {
    at.value = `${lng} ${lat}`;
    text(told, say(words, "pinned", { place }));
    form.dispatchEvent(new Event("change"));
  };
  let waiting: ReturnType<typeof setTimeout> | undefined;
  field.addEventListener("input", () => {
    const town = known.get(field.value.toLowerCase());
    at.value = "";
    if (town?.lng != null && town.lat != null) return put(town.lng, town.lat, town.label);
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const asked = `${addresses.places}&q=${encodeURIComponent(field.value)}`;
      const found = (await fetch(asked).then((answer) => answer.json())) as { places: Town[] };
      for (const place of found.places) known.set(place.label.toLowerCase(), place);
      list.replaceChildren(...found.places.map(({ label }) => el("option", { value: label })));
      const exact = known.get(field.value.toLowerCase());
      if (exact?.lng != null && exact.lat != null) put(exact.lng, exact.lat, exact.label);
    }, 250);
  });
  button.addEventListener("click", async () => {
    button.hidden = true;
    try {
      const { chart } = await import("./pin.ts");
      await chart(host, addresses.ground, words, async (lng, lat) => {
        const near = await fetch(`${addresses.near}?p=${lng},${lat}`).then((answer) => answer.json());
        put(lng, lat, Object.values<string>(near)[0] ?? `${lat}, ${lng}`);
      });
    } catch {
      button.hidden = false;
      text(told, say(words, "map_failed"));
    }
  });
}
