/** Notes and groups are moved by hand: at once with a mouse, after a short hold with a finger, so that pages still scroll. */

import { thousandths } from "../../board/layout.ts";
import { may } from "../../board/rights.ts";
import type { Areas } from "./areas.ts";
import type { Desk } from "./desk.ts";
import type { Paper } from "./paper.ts";

const NEAR = 5; // pixels that are still a press
const HOLD = 280; // milliseconds until a finger has it
const AFTER_DROP = 50; // milliseconds
const EDGE = 70;
const SCROLL = 14;

interface Held {
  id: string;
  kind: "note" | "cluster";
  item: HTMLElement;
  pointer: number;
  x: number;
  y: number;
  /** Whether it moves by now. */
  moves: boolean;
  scrolled: number;
}

export class Drag {
  #held: Held | undefined;
  #hold: ReturnType<typeof setTimeout> | undefined;
  #target: Element | null = null;
  #suppress = false;

  constructor(
    private readonly desk: Desk,
    private readonly areas: Areas,
    private readonly paper: Paper,
    private readonly tabs: HTMLElement,
    private readonly done: (id: string, kind: "note" | "cluster") => void,
  ) {
    const { root } = areas;
    root.addEventListener("pointerdown", (event) => this.#down(event));
    root.addEventListener("pointermove", (event) => this.#move(event));
    root.addEventListener("pointerup", (event) => this.#up(event));
    root.addEventListener("pointercancel", () => this.#drop(false));
    root.addEventListener("contextmenu", (event) => this.#held?.moves && event.preventDefault());
    // Until a finger has something, the page scrolls; from then on it does not.
    root.addEventListener("touchmove", (event) => this.#held?.moves && event.preventDefault(), {
      passive: false,
    });
    root.addEventListener("keydown", (event) => event.key === "Escape" && this.#drop(false));
    root.addEventListener(
      "click",
      (event) => {
        if (!this.#suppress) return;
        this.#suppress = false;
        event.preventDefault();
        event.stopPropagation();
      },
      { capture: true },
    );
  }

  get busy(): boolean {
    return this.#held?.moves === true;
  }

  #down(event: PointerEvent): void {
    this.#suppress = false;
    if (this.desk.view !== "sheet" || event.button !== 0 || this.#held || this.desk.chosen) return;
    const target = event.target as Element;
    const note = target.closest<HTMLElement>("[data-note]");
    const cluster = note
      ? null
      : target.closest(".cluster-head") && target.closest<HTMLElement>("[data-cluster]");
    const item = note ?? cluster;
    if (!item) return;
    const kind = note ? "note" : "cluster";
    const id = (note ? item.dataset.note : item.dataset.cluster) ?? "";
    if (!this.#allowed(kind, id)) return;
    this.#held = {
      id,
      kind,
      item,
      pointer: event.pointerId,
      x: event.clientX,
      y: event.clientY,
      moves: false,
      scrolled: scrollY,
    };
    if (event.pointerType !== "mouse") this.#hold = setTimeout(() => this.#begin(), HOLD);
  }

  #allowed(kind: "note" | "cluster", id: string): boolean {
    const [note, cluster] = [this.desk.board.note(id), this.desk.board.cluster(id)];
    if (kind === "note") return note !== undefined && may.move(this.desk.right, note);
    return cluster !== undefined && may.cluster(this.desk.right, cluster);
  }

  #begin(): void {
    const held = this.#held;
    if (!held) return;
    held.moves = true;
    held.item.setPointerCapture(held.pointer);
    held.item.classList.add("is-held");
    this.areas.root.classList.add("is-dragging");
  }

  #move(event: PointerEvent): void {
    const held = this.#held;
    if (!held || event.pointerId !== held.pointer) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.moves) {
      if (Math.hypot(dx, dy) < NEAR) return;
      if (event.pointerType !== "mouse") {
        this.#drop(false); // it scrolls
        return;
      }
      this.#begin();
    }
    if (event.clientY < EDGE) scrollBy(0, -SCROLL);
    else if (event.clientY > innerHeight - EDGE) scrollBy(0, SCROLL);
    held.item.style.transform = `translate(${dx}px, ${dy + scrollY - held.scrolled}px)`;
    this.#over(event.clientX, event.clientY);
  }

  /** What lies under the hand: a group, else an area. */
  #over(x: number, y: number): void {
    const held = this.#held;
    const under = document.elementsFromPoint(x, y).filter((one) => !held?.item.contains(one));
    const ours = (one: Element | null) =>
      one !== null && (this.areas.root.contains(one) || this.tabs.contains(one));
    const find = (selector: string) => under.map((one) => one.closest(selector)).find(ours) ?? null;
    const area = find("[data-area]");
    const note = held?.kind === "note";
    const cluster = note && may.group(this.desk.right, dataOf(area, "area")) ? find("[data-cluster]") : null;
    const target = (note && this.desk.flows && find("[data-note]")) || cluster || area;
    if (target === this.#target) return;
    this.#target?.classList.remove("is-target");
    target?.classList.add("is-target");
    this.#target = target;
  }

  #up(event: PointerEvent): void {
    if (this.#held && event.pointerId === this.#held.pointer) this.#drop(this.#held.moves);
  }

  #drop(lands: boolean): void {
    clearTimeout(this.#hold);
    const [held, target] = [this.#held, this.#target];
    this.#held = undefined;
    this.#target = null;
    if (!held) return;
    target?.classList.remove("is-target");
    const box = held.item.getBoundingClientRect();
    held.item.classList.remove("is-held");
    held.item.style.transform = "";
    this.areas.root.classList.remove("is-dragging");
    // The click that may follow a drop opens nothing.
    this.#suppress = held.moves;
    setTimeout(() => {
      this.#suppress = false;
    }, AFTER_DROP);
    if (lands && target) this.#land(held, target, box);
  }

  #land({ id, kind }: Held, target: Element, box: DOMRect): void {
    const { pen, board, right } = this.desk;
    const area = dataOf(target.closest("[data-area]"), "area");
    const [note, onto] = [board.note(id), board.note(dataOf(target, "note"))];
    const group = onto ? (board.clusterOf(onto)?.id ?? "") : dataOf(target, "cluster");
    const { x, y } = this.#place(target, area, box);
    let moved = false;
    if (kind === "cluster") moved = pen.moveCluster(id, area, x, y);
    else if (note)
      pen.together(() => {
        if (group !== (board.clusterOf(note)?.id ?? "") && may.group(right, area))
          moved = pen.group([id], group);
        else if (group === "" && !onto)
          moved = (!this.desk.flows || note.area !== area) && pen.moveNote(id, area, x, y);
        if (onto) moved = pen.before(id, onto.id) || moved;
      });
    if (moved) this.done(id, kind);
  }

  /** Where on the sheet of an area it was dropped; on a tab, or where notes follow each other, a free place. */
  #place(target: Element, area: string, box: DOMRect): { x: number; y: number } {
    const sheet = this.areas.views.get(area)?.sheet.getBoundingClientRect();
    if (!sheet || this.desk.flows || this.tabs.contains(target))
      return this.paper.spots(area)[0] ?? { x: 0, y: 0 };
    return {
      x: thousandths(box.left - sheet.left, sheet.width - box.width),
      y: thousandths(box.top - sheet.top, sheet.height - box.height),
    };
  }
}

const dataOf = (element: Element | null, name: string) =>
  (element instanceof HTMLElement && element.dataset[name]) || "";
