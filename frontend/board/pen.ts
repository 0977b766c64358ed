/** What a person does to a board: each verb is one step that the same person can undo. */

import * as Y from "yjs";
import {
  type Board,
  byOrder,
  type Cluster,
  type Colour,
  MAKING,
  MOST_COMMENT,
  MOST_LABEL,
  MOST_TEXT,
  MOST_TITLE,
  type Note,
  OWN,
} from "./content.ts";
import { may, type Right } from "./rights.ts";

type Fields = Record<string, unknown>;
type Kind = "notes" | "clusters" | "links" | "comments";

export interface NewNote {
  text: string;
  colour: Colour;
  area: string;
  x: number;
  y: number;
  cluster?: string;
  photo?: string;
  /** Whose paper it is copied from; only who leads may say so. */
  paper?: string;
}

/** Twelve hexadecimal digits. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** Whole thousandths, which are enough for a screen and short on the wire. */
const place = (value: number) => Math.round(Math.min(1000, Math.max(0, value)));

/** The label of a paper group: «paper:» and its name as a word. */
export function paperLabel(name: string): string {
  const word = name
    .normalize("NFKD")
    .replace(/[^\w]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase();
  return `paper:${word.slice(0, 40) || "room"}`;
}

export class Pen {
  #undo: Y.UndoManager;
  readonly #heard = new Set<() => void>();

  constructor(
    private readonly board: Board,
    private readonly right: () => Right,
  ) {
    this.#undo = this.#manager();
    board.on(({ anew }) => {
      if (anew) this.#undo = this.#manager();
      for (const hear of this.#heard) hear();
    });
  }

  /** Told whenever there may be more or less to undo. */
  on(hear: () => void): void {
    this.#heard.add(hear);
  }

  get canUndo(): boolean {
    return this.#undo.undoStack.length > 0 && may.write(this.right());
  }

  get canRedo(): boolean {
    return this.#undo.redoStack.length > 0 && may.write(this.right());
  }

  undo(): boolean {
    return this.canUndo && this.#undo.undo() !== null;
  }

  redo(): boolean {
    return this.canRedo && this.#undo.redo() !== null;
  }

  /** Several moves as one step. */
  together(act: () => void): void {
    this.#own(act);
  }

  /** A new note at the end of its area; gives its id, or nothing where it may not be. */
  addNote(note: NewNote): string | undefined {
    const right = this.right();
    const text = note.text.trim().slice(0, MOST_TEXT);
    if (!may.add(right, note.area) || (text === "" && !note.photo)) return undefined;
    const paper = right.lead && note.paper !== undefined;
    return this.#make("notes", {
      text,
      colour: note.colour,
      area: note.area,
      x: place(note.x),
      y: place(note.y),
      cluster: right.lead || right.shape ? (note.cluster ?? "") : "",
      by: paper ? paperLabel(note.paper ?? "") : right.author,
      order: this.#last(note.area) + 1,
      room: paper,
      photo: note.photo ?? "",
    });
  }

  setText(id: string, words: string): boolean {
    const text = words.trim().slice(0, MOST_TEXT);
    const note = this.#note(id, (one) => may.edit(this.right(), one));
    return note !== undefined && (text !== "" || note.photo !== "") && this.#set("notes", note, { text });
  }

  setColour(id: string, colour: Colour): boolean {
    return this.#set(
      "notes",
      this.#note(id, (one) => may.edit(this.right(), one)),
      { colour },
    );
  }

  /** Where a note lies on its sheet, perhaps in another area; it leaves its group. */
  moveNote(id: string, area: string, x: number, y: number): boolean {
    const note = this.#note(id, (one) => may.move(this.right(), one, area));
    if (!note) return false;
    const moved: Fields = { x: place(x), y: place(y) };
    if (note.area !== area) Object.assign(moved, { area, order: this.#last(area) + 1 });
    if (note.cluster !== "" && may.group(this.right(), area)) moved.cluster = "";
    return this.#set("notes", note, moved);
  }

  /** One place up (-1) or down (1) among the notes of the same group, or among those without one. */
  step(id: string, by: -1 | 1): boolean {
    const note = this.#note(id, (one) => may.move(this.right(), one));
    if (!note) return false;
    const beside = this.beside(note);
    const at = beside.findIndex((one) => one.id === id) + by;
    if (at < 0 || at >= beside.length) return false;
    const [near, far] = [beside[at], beside[at + by]];
    if (!near) return false;
    const order = far ? (near.order + far.order) / 2 : near.order + by;
    return this.#set("notes", note, { order });
  }

  /** Put a note right before another of the same group. */
  before(id: string, other: string): boolean {
    const note = this.#note(id, (one) => may.move(this.right(), one));
    const onto = this.board.note(other);
    if (!note || !onto || id === other) return false;
    const beside = this.beside(onto).filter((one) => one.id !== id);
    const at = beside.findIndex((one) => one.id === other);
    const near = beside[at - 1];
    return this.#set("notes", note, { order: near ? (near.order + onto.order) / 2 : onto.order - 1 });
  }

  /** The notes among which one stands, in their order, itself too. */
  beside(note: Note): Note[] {
    const group = this.board.clusterOf(note)?.id ?? "";
    return [...this.board.notes()]
      .filter((one) => !one.gone && one.area === note.area && (this.board.clusterOf(one)?.id ?? "") === group)
      .sort(byOrder);
  }

  /** Put notes into a group, of its area; with `""` take them out of theirs. */
  group(ids: readonly string[], cluster: string): boolean {
    const into = cluster === "" ? undefined : this.board.cluster(cluster);
    if (cluster !== "" && (!into || into.gone)) return false;
    const notes = ids.flatMap(
      (id) => this.#note(id, (one) => may.group(this.right(), into?.area ?? one.area)) ?? [],
    );
    this.#own(() => {
      for (const note of notes) this.#put("notes", note, { cluster, ...this.#into(note, into) });
    });
    return notes.length > 0;
  }

  #into(note: Note, cluster: Cluster | undefined): Fields {
    if (!cluster || cluster.area === note.area) return {};
    return { area: cluster.area, order: this.#last(cluster.area) + 1 };
  }

  removeNote(id: string): boolean {
    return this.#set(
      "notes",
      this.#note(id, (one) => may.edit(this.right(), one)),
      { gone: true },
    );
  }

  restoreNote(id: string): boolean {
    return this.#set(
      "notes",
      this.#note(id, (one) => may.edit(this.right(), one), true),
      { gone: false },
    );
  }

  /** A group of notes, all of which come to its area; gives its id. */
  addCluster(title: string, area: string, ids: readonly string[], x: number, y: number): string | undefined {
    const words = title.trim().slice(0, MOST_TITLE);
    if (!may.group(this.right(), area) || words === "") return undefined;
    const last = Math.max(0, ...this.board.clusters().map((one) => one.order));
    const made: Fields = { title: words, area, x: place(x), y: place(y), order: last + 1 };
    return this.#make("clusters", made, (cluster) => {
      for (const id of ids) {
        const note = this.board.note(id);
        if (!note || note.gone || !may.group(this.right(), note.area)) continue;
        const moved = note.area === area ? {} : { area, order: this.#last(area) + 1 };
        this.#put("notes", note, { cluster, ...moved });
      }
    });
  }

  renameCluster(id: string, title: string): boolean {
    const words = title.trim().slice(0, MOST_TITLE);
    return words !== "" && this.#set("clusters", this.#cluster(id), { title: words });
  }

  /** A group goes to another place, with its notes. */
  moveCluster(id: string, area: string, x: number, y: number): boolean {
    const cluster = this.#cluster(id);
    if (!cluster || !may.group(this.right(), area)) return false;
    this.#own(() => {
      for (const note of cluster.area === area ? [] : this.board.notes())
        if (this.board.clusterOf(note)?.id === id) this.#put("notes", note, { area });
      this.#put("clusters", cluster, { area, x: place(x), y: place(y) });
    });
    return true;
  }

  stepCluster(id: string, by: -1 | 1): boolean {
    const cluster = this.#cluster(id);
    const beside = this.board.clusters().filter((one) => one.area === cluster?.area);
    const at = beside.findIndex((one) => one.id === id) + by;
    const [near, far] = [beside[at], beside[at + by]];
    if (!cluster || !near) return false;
    return this.#set("clusters", cluster, { order: far ? (near.order + far.order) / 2 : near.order + by });
  }

  /** The group ends; its notes stay where it stood. */
  dissolve(id: string): boolean {
    const cluster = this.#cluster(id);
    if (!cluster) return false;
    this.#own(() => {
      for (const note of this.board.notes())
        if (note.cluster === id && !note.gone && may.group(this.right(), note.area))
          this.#put("notes", note, { cluster: "" });
      this.#put("clusters", cluster, { gone: true });
    });
    return true;
  }

  link(from: string, to: string, label: string): string | undefined {
    const both = this.#note(from, () => true) && this.#note(to, () => true);
    if (!both || from === to || !may.link(this.right())) return undefined;
    const words = label.trim().slice(0, MOST_LABEL);
    return this.#make("links", { from, to, label: words, by: this.right().author });
  }

  unlink(id: string): boolean {
    const link = this.board.link(id);
    return this.#set("links", link && may.withdraw(this.right(), link) ? link : undefined, { gone: true });
  }

  comment(note: string, words: string): string | undefined {
    const text = words.trim().slice(0, MOST_COMMENT);
    if (!this.#note(note, () => true) || text === "" || !may.comment(this.right())) return undefined;
    return this.#make("comments", { note, text, by: this.right().author });
  }

  uncomment(id: string): boolean {
    const comment = this.board.comment(id);
    const mine = comment && may.withdraw(this.right(), comment) ? comment : undefined;
    return this.#set("comments", mine, { gone: true });
  }

  /** Dots of this person that are still to be given. */
  get left(): number {
    const given = Object.values(this.board.ballot(this.right().author)).reduce((sum, dots) => sum + dots, 0);
    return Math.max(0, this.right().dots - given);
  }

  /** One dot more (1) or less (-1) for a note or a group. */
  vote(id: string, by: -1 | 1): boolean {
    const { author, dots } = this.right();
    const before = this.board.ballot(author);
    const now = (before[id] ?? 0) + by;
    if (dots === 0 || now < 0 || (by > 0 && this.left === 0)) return false;
    const { [id]: _old, ...others } = before;
    const votes = this.board.root("votes");
    // Undoing the first dot must leave an entry: the server takes none away.
    if (!votes.has(author)) this.board.doc.transact(() => votes.set(author, {}), MAKING);
    this.#own(() => votes.set(author, now > 0 ? { ...others, [id]: now } : others));
    return true;
  }

  #manager(): Y.UndoManager {
    const roots = (["notes", "clusters", "links", "comments", "votes"] as const).map((name) =>
      this.board.root(name),
    );
    return new Y.UndoManager(roots, { trackedOrigins: new Set([OWN]), captureTimeout: 0 });
  }

  #own(act: () => void): void {
    this.board.doc.transact(act, OWN);
  }

  #note(id: string, allowed: (note: Note) => boolean, gone = false): Note | undefined {
    const note = this.board.note(id);
    return note && note.gone === gone && allowed(note) ? note : undefined;
  }

  #cluster(id: string): Cluster | undefined {
    const cluster = this.board.cluster(id);
    return cluster && !cluster.gone && may.cluster(this.right(), cluster) ? cluster : undefined;
  }

  #last(area: string): number {
    let last = 0;
    for (const note of this.board.notes())
      if (note.area === area && !note.gone) last = Math.max(last, note.order);
    return last;
  }

  #set(kind: Kind, thing: { id: string } | undefined, fields: Fields): boolean {
    if (thing) this.#own(() => this.#put(kind, thing, fields));
    return thing !== undefined;
  }

  /** Only what is another than before: a write that says nothing new would still be news to all. */
  #put(kind: Kind, thing: { id: string }, fields: Fields): void {
    const kept = this.board.root(kind).get(thing.id);
    if (!(kept instanceof Y.Map)) return;
    for (const [name, value] of Object.entries(fields)) if (kept.get(name) !== value) kept.set(name, value);
  }

  /**
   * Made as gone, then brought there: undoing takes it away as the verb «remove» does, and never takes
   * the key out of the document.
   */
  #make(kind: Kind, fields: Fields, besides: (id: string) => void = () => {}): string {
    const id = newId();
    this.board.doc.transact(() => {
      this.board.root(kind).set(id, new Y.Map(Object.entries({ ...fields, gone: true })));
    }, MAKING);
    this.#own(() => {
      this.#put(kind, { id }, { gone: false });
      besides(id);
    });
    return id;
  }
}
