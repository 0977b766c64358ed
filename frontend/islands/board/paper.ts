/** How large the sheet is: notes keep a size that can be read, and the sheet grows with them. */

import { type Box, freeSpot, pixels, type Size, thousandths } from "../../board/layout.ts";
import type { Areas, AreaView } from "./areas.ts";
import type { Desk } from "./desk.ts";

const ZOOMS = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.15, 1.3, 1.5];
const GAP = 10;
const SIZES = [
  { most: 12, w: 11, h: 7.5 },
  { most: 30, w: 9.5, h: 6.25 },
  { most: Number.POSITIVE_INFINITY, w: 8.5, h: 5 },
]; // rem of a note, by how many there are in the fullest area
const LEAST_HEIGHT = 420;
const ROOMY = 1.25;
const AHEAD = 1.1;
const SLACK = 0.6;
const CLUSTER_HEAD = 2.75; // rem

export class Paper {
  zoom = 1;
  #size: Size = { w: 176, h: 120 }; // until there is a sheet
  #shown = "";
  #counted = "";
  #height = 0;
  /** The areas that are shown, the width of their paper, and the height of what stands above it. */
  #frames: { view: AreaView; width: number; head: number }[] = [];
  readonly #rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;

  constructor(
    private readonly desk: Desk,
    private readonly areas: Areas,
  ) {}

  get note(): Size {
    return this.#size;
  }

  /** Make room for more or fewer notes: with what was measured last, for measuring anew would lay out the page twice. */
  grow(): void {
    if (this.#totals() === this.#counted || this.#frames.length === 0) return;
    this.#counted = this.#totals();
    this.#dress();
  }

  /** Measure the page, and make room for all notes. */
  fit(): void {
    const { root, views } = this.areas;
    this.#counted = this.#totals();
    this.#frames = [];
    this.#height = 0;
    if (this.desk.view !== "sheet" || this.desk.flows) {
      root.style.height = "";
      return;
    }
    this.#frames = [...views.values()].flatMap((view) => {
      const { section, sheet } = view;
      const head = section.clientHeight - sheet.clientHeight;
      return section.clientWidth > 0 ? [{ view, width: sheet.clientWidth, head }] : [];
    });
    this.#dress();
  }

  #dress(): void {
    const root = this.areas.root;
    const { size, height } = this.#measure(this.zoom);
    this.#size = size;
    // Every note moves when the sheet grows: it grows seldom, and then by more than is needed now.
    if (height > this.#height || height < this.#height * SLACK) this.#height = Math.ceil(height * AHEAD);
    root.style.height = `${this.#height}px`;
    // All notes inherit these: they are set anew only where they are others.
    const shown = `${size.w} ${size.h} ${this.zoom}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    root.style.setProperty("--note-w", `${size.w}px`);
    root.style.setProperty("--note-h", `${size.h}px`);
    root.style.setProperty("--zoom", String(this.zoom));
  }

  /** A step nearer or farther; 0 shows all at once. */
  look(step: -1 | 0 | 1): void {
    if (step === 0) {
      const top = this.areas.root.getBoundingClientRect().top;
      const room = Math.max(320, innerHeight - Math.max(0, top) - 24);
      this.zoom =
        [...ZOOMS].reverse().find((zoom) => zoom <= 1 && this.#measure(zoom).height * AHEAD <= room) ?? 0.5;
    } else {
      const at = ZOOMS.findIndex((zoom) => zoom >= this.zoom) + step;
      this.zoom = ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, at))] ?? 1;
    }
    this.#height = 0;
    this.#dress();
  }

  /** Where the next notes of an area find a place, in thousandths. */
  spots(area: string, notes = 1): { x: number; y: number }[] {
    return this.#places(
      area,
      Array.from({ length: notes }, () => this.#size),
    );
  }

  /** Where a group of some notes finds one, if possible near a place; what they leave is free. */
  spotOfGroup(
    area: string,
    notes: readonly string[],
    near?: { x: number; y: number },
  ): { x: number; y: number } {
    return this.#places(area, [this.groupSize(notes.length)], near, notes)[0] ?? { x: 0, y: 0 };
  }

  #places(
    area: string,
    sizes: readonly Size[],
    near?: { x: number; y: number },
    leaving: readonly string[] = [],
  ): { x: number; y: number }[] {
    const sheet = this.#sheetOf(area);
    const at = (one: { x: number; y: number }, of: Size): Box => ({
      x: pixels(one.x, sheet.w - of.w),
      y: pixels(one.y, sheet.h - of.h),
      ...of,
    });
    const { groups, loose } = this.areas.ordered(area);
    const taken: Box[] = [
      ...groups.map(([cluster, notes]) => at(cluster, this.groupSize(notes.length))),
      ...loose.filter(({ id }) => !leaving.includes(id)).map((note) => at(note, this.#size)),
    ];
    return sizes.map((size) => {
      const found = freeSpot(sheet, size, taken, near && at(near, size));
      taken.push({ ...found, ...size });
      return { x: thousandths(found.x, sheet.w - size.w), y: thousandths(found.y, sheet.h - size.h) };
    });
  }

  /** The paper of an area; where it is not laid out, one of usual size. */
  #sheetOf(area: string): Size {
    const sheet = this.areas.views.get(area)?.sheet;
    if (sheet && this.desk.view === "sheet" && !this.desk.flows && sheet.clientWidth > 0)
      return { w: sheet.clientWidth, h: sheet.clientHeight };
    return { w: 560, h: 420 };
  }

  groupSize(notes: number): Size {
    const columns = notes <= 2 ? 1 : notes <= 8 ? 2 : 3;
    const rows = Math.max(1, Math.ceil(notes / columns));
    const { w, h } = this.#size;
    return { w: columns * (w + GAP) + GAP, h: rows * (h + GAP) + GAP + CLUSTER_HEAD * this.#rem };
  }

  #totals(): string {
    return [...this.areas.views.values()].map(({ total }) => total).join();
  }

  #measure(zoom: number): { size: Size; height: number } {
    const fullest = Math.max(0, ...[...this.areas.views.values()].map(({ total }) => total));
    const { w, h } = SIZES.find(({ most }) => fullest <= most) ?? { w: 9, h: 6 };
    const size = { w: Math.round(w * this.#rem * zoom), h: Math.round(h * this.#rem * zoom) };
    let height = LEAST_HEIGHT * zoom;
    for (const frame of this.#frames) height = Math.max(height, this.#needed(frame, size));
    return { size, height };
  }

  /** The height of the whole sheet at which one area holds its notes. */
  #needed({ view, width, head }: { view: AreaView; width: number; head: number }, size: Size): number {
    const columns = Math.max(1, Math.floor((Math.max(size.w, width) + GAP) / (size.w + GAP)));
    const own = Math.ceil((view.total * ROOMY) / columns) * (size.h + GAP) + CLUSTER_HEAD * this.#rem;
    const part = this.areas.root.dataset.single === undefined ? view.area.h / 1000 : 1;
    return (own + head) / part;
  }
}
