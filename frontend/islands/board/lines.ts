/** Lines between linked notes, drawn behind them; the list and the notes say the same in words. */

import { atFrame } from "../../board/content.ts";
import type { Areas } from "./areas.ts";
import type { Desk } from "./desk.ts";

const SVG = "http://www.w3.org/2000/svg";
const MOST_LABEL = 24;

export class Lines {
  readonly drawn = document.createElementNS(SVG, "svg");
  #waiting = false;

  constructor(
    private readonly desk: Desk,
    private readonly areas: Areas,
  ) {
    this.drawn.setAttribute("class", "board-lines");
    this.drawn.setAttribute("aria-hidden", "true");
    areas.root.append(this.drawn);
  }

  /** Draw them at the next frame. */
  draw(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    atFrame(() => {
      this.#waiting = false;
      this.#draw();
    });
  }

  #draw(): void {
    const links = this.desk.view === "sheet" ? this.desk.board.links() : [];
    if (links.length === 0) {
      this.drawn.replaceChildren();
      return;
    }
    const frame = this.areas.root.getBoundingClientRect();
    const boxOf = (id: string) => {
      const box = this.areas.card(id)?.item.getBoundingClientRect();
      return box && box.width > 0
        ? {
            x: box.left + box.width / 2 - frame.left,
            y: box.top + box.height / 2 - frame.top,
            w: box.width,
            h: box.height,
          }
        : undefined;
    };
    const drawn = links.flatMap(({ from, to, label }) => {
      const [one, other] = [boxOf(from), boxOf(to)];
      if (!one || !other) return [];
      const [start, end] = [edge(one, other), edge(other, one)];
      return [...line(start, end), ...word(start, end, label)];
    });
    this.drawn.replaceChildren(...drawn);
  }
}

type Point = { x: number; y: number };

/** Where the way from the middle of a note to another leaves the note. */
function edge(box: Point & { w: number; h: number }, to: Point): Point {
  const [dx, dy] = [to.x - box.x, to.y - box.y];
  const part = Math.min(1, 0.5 / Math.max(Math.abs(dx) / box.w, Math.abs(dy) / box.h, 0.5));
  return { x: box.x + dx * part, y: box.y + dy * part };
}

function made(tag: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

function line(one: Point, other: Point): SVGElement[] {
  const bow = Math.min(40, Math.hypot(one.x - other.x, one.y - other.y) / 6);
  const middle = { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 - bow };
  const round = Math.round;
  const d = `M${round(one.x)} ${round(one.y)}Q${round(middle.x)} ${round(middle.y)} ${round(other.x)} ${round(other.y)}`;
  return [made("path", { d })];
}

function word(one: Point, other: Point, label: string): SVGElement[] {
  if (label === "") return [];
  const bow = Math.min(40, Math.hypot(one.x - other.x, one.y - other.y) / 6) / 2;
  const text = made("text", {
    x: Math.round((one.x + other.x) / 2),
    y: Math.round((one.y + other.y) / 2 - bow),
  });
  text.textContent = label.length > MOST_LABEL ? `${label.slice(0, MOST_LABEL - 1)}…` : label;
  return [text];
}
