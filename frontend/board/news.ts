/** What others did, told in few words: one summary after a pause, and the whole of it for who asks. */

import type { Board, Changes, Note } from "./content.ts";
import type { Words } from "./words.ts";

export type Happening = "new" | "text" | "moved" | "gone" | "group" | "comment";

export interface Item {
  /** The note or the cluster it is about. */
  id: string;
  what: Happening;
  area: string;
}

const ORDER: readonly Happening[] = ["new", "text", "moved", "group", "comment", "gone"];
/** Of two things that happened to one note, the one that matters; what is new stays new. */
const STRONGER = (one: Happening, other: Happening): Happening =>
  one === "new" && other !== "gone" ? "new" : other;

function happened(before: Note | undefined, after: Note): Happening | undefined {
  const [was, is] = [before !== undefined && !before.gone, !after.gone];
  if (!was) return is ? "new" : undefined;
  if (!is) return "gone";
  if (before?.text !== after.text || before.photo !== after.photo) return "text";
  if (before.area !== after.area || before.cluster !== after.cluster) return "moved";
  return undefined; // colours, and places within an area, are not worth a word
}

/** What of some changes was done by others and is worth telling. */
export function newsIn(changes: Changes, board: Board): Item[] {
  const items: Item[] = [];
  for (const [id, before] of changes.notes) {
    const after = board.note(id);
    const what = after && !changes.own.has(id) ? happened(before, after) : undefined;
    if (after && what) items.push({ id, what, area: after.area });
  }
  for (const [id, before] of changes.clusters) {
    const after = board.cluster(id);
    if (!after || after.gone || changes.own.has(id) || before?.title === after.title) continue;
    items.push({ id, what: "group", area: after.area });
  }
  for (const [id, before] of changes.comments) {
    const after = board.comment(id);
    const note = board.note(after?.note ?? "");
    if (!after || after.gone || before || !note || note.gone || changes.own.has(id)) continue;
    items.push({ id: note.id, what: "comment", area: note.area });
  }
  return items;
}

/** What happened since it was last told; of each thing only what matters most. */
export class News {
  #items = new Map<string, Item>();

  add(items: Iterable<Item>): void {
    for (const item of items) {
      const key = `${item.what === "comment" ? "c" : ""}${item.id}`;
      const before = this.#items.get(key);
      if (before?.what === "new" && item.what === "gone") this.#items.delete(key);
      else this.#items.set(key, before ? { ...item, what: STRONGER(before.what, item.what) } : item);
    }
  }

  get size(): number {
    return this.#items.size;
  }

  /** All items, and begins anew. */
  take(): Item[] {
    const items = [...this.#items.values()];
    this.#items.clear();
    return items;
  }
}

/** «4 note nuove in Minacce, 2 in Forze. 1 nota spostata.» */
export function summary(items: readonly Item[], words: Words, title: (area: string) => string): string {
  return ORDER.flatMap((what) => {
    const counts = new Map<string, number>();
    for (const item of items) if (item.what === what) counts.set(item.area, (counts.get(item.area) ?? 0) + 1);
    const parts = [...counts].map(([area, n], at) =>
      words.say(at === 0 ? `news_${what}` : "news_more", { n, area: title(area) }),
    );
    return parts.length > 0 ? [`${parts.join(", ")}.`] : [];
  }).join(" ");
}
