/** Fields in which notes are written. */

import { COLOURS, type Colour } from "../../board/content.ts";
import type { Desk } from "./desk.ts";
import { el, uniqueId } from "./dom.ts";

const NEAR_THE_END = 80;

/** A text field that says how much room is left when little is; it takes the place of the field. */
export function counted(
  desk: Desk,
  field: HTMLTextAreaElement | HTMLInputElement,
  most: number,
): HTMLElement {
  field.maxLength = most;
  const left = el("p", "board-left", { id: uniqueId("left") });
  const said = el("span", "visually-hidden", { role: "status" });
  field.setAttribute("aria-describedby", left.id);
  let told = 0;
  const count = () => {
    const room = most - field.value.length;
    left.textContent = room <= NEAR_THE_END ? desk.say("room_left", { n: room }) : "";
    // Read out at eighty, forty, twenty … not at every letter.
    const step = room > NEAR_THE_END ? 0 : Math.ceil(Math.log2((NEAR_THE_END + 1) / (room + 1)));
    if (step !== told) said.textContent = room <= NEAR_THE_END ? desk.say("room_left", { n: room }) : "";
    told = step;
  };
  field.addEventListener("input", count);
  count();
  const box = el("div", "board-count");
  field.replaceWith(box);
  box.append(field, left, said);
  return box;
}

/** Six colours to choose from, each with its name. */
export class Colours {
  readonly root: HTMLFieldSetElement;
  readonly #inputs = new Map<Colour, HTMLInputElement>();

  constructor(desk: Desk, chosen: (colour: Colour) => void) {
    const name = uniqueId("colour");
    this.root = el("fieldset", "board-colours", {}, el("legend", "", {}, desk.say("colour")));
    for (const colour of COLOURS) {
      const input = el("input", "", { type: "radio", name, value: colour });
      input.addEventListener("change", () => chosen(colour));
      this.#inputs.set(colour, input);
      const word = desk.say(`colour_${colour}`);
      this.root.append(
        el(
          "label",
          "board-colour",
          { "data-colour": colour, title: word },
          input,
          el("span", "visually-hidden", {}, word),
        ),
      );
    }
  }

  get colour(): Colour {
    for (const [colour, input] of this.#inputs) if (input.checked) return colour;
    return "yellow";
  }

  set colour(colour: Colour) {
    const input = this.#inputs.get(colour);
    if (input) input.checked = true;
  }
}

/** What is half written stays in the phone until it is used, whatever happens to the page. */
export class Drafts {
  constructor(private readonly name: string) {}

  get(key: string): string {
    try {
      return sessionStorage.getItem(`${this.name}:${key}`) ?? "";
    } catch {
      return "";
    }
  }

  set(key: string, text: string): void {
    try {
      if (text === "") sessionStorage.removeItem(`${this.name}:${key}`);
      else sessionStorage.setItem(`${this.name}:${key}`, text);
    } catch {
      // A window that stores nothing still holds what its fields hold.
    }
  }
}
