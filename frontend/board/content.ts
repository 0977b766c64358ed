/** What a board holds, read from its Yjs document; kept as plain objects so that views touch only what changed. */

import * as Y from "yjs";

export const COLOURS = ["yellow", "green", "blue", "pink", "orange", "grey"] as const;
export type Colour = (typeof COLOURS)[number];

export const MOST_TEXT = 500;
export const MOST_TITLE = 80;
export const MOST_LABEL = 60;
export const MOST_COMMENT = 300;

export interface Note {
  id: string;
  text: string;
  colour: Colour;
  area: string;
  /** 0 to 1000 of the room that its area leaves to a note, from the top left. */
  x: number;
  y: number;
  /** The group it belongs to, or nothing. */
  cluster: string;
  by: string;
  order: number;
  /** Typed for people who are in the room, or from paper. */
  room: boolean;
  photo: string;
  gone: boolean;
}

export interface Cluster {
  id: string;
  title: string;
  area: string;
  x: number;
  y: number;
  order: number;
  gone: boolean;
}

export interface Link {
  id: string;
  from: string;
  to: string;
  label: string;
  by: string;
  gone: boolean;
}

export interface Comment {
  id: string;
  note: string;
  text: string;
  by: string;
  gone: boolean;
}

/** What changed since the last telling; of notes, how they were before. */
export interface Changes {
  /** Another document stands in the place of the old one. */
  anew: boolean;
  notes: Map<string, Note | undefined>;
  clusters: Map<string, Cluster | undefined>;
  links: Map<string, Link | undefined>;
  comments: Map<string, Comment | undefined>;
  /** Notes and clusters whose dots changed. */
  dots: Set<string>;
  /** What changed by this person's own hand. */
  own: Set<string>;
}

type Fields = Y.Map<unknown>;
type Kept = { id: string; gone: boolean };

const text = (value: unknown) => (typeof value === "string" ? value : "");
const number = (value: unknown) => (typeof value === "number" && Number.isFinite(value) ? value : 0);
const colour = (value: unknown): Colour => COLOURS.find((one) => one === value) ?? "yellow";

const noteOf = (id: string, of: Fields): Note => ({
  id,
  text: text(of.get("text")),
  colour: colour(of.get("colour")),
  area: text(of.get("area")),
  x: number(of.get("x")),
  y: number(of.get("y")),
  cluster: text(of.get("cluster")),
  by: text(of.get("by")),
  order: number(of.get("order")),
  room: of.get("room") === true,
  photo: text(of.get("photo")),
  gone: of.get("gone") === true,
});

const clusterOf = (id: string, of: Fields): Cluster => ({
  id,
  title: text(of.get("title")),
  area: text(of.get("area")),
  x: number(of.get("x")),
  y: number(of.get("y")),
  order: number(of.get("order")),
  gone: of.get("gone") === true,
});

const linkOf = (id: string, of: Fields): Link => ({
  id,
  from: text(of.get("from")),
  to: text(of.get("to")),
  label: text(of.get("label")),
  by: text(of.get("by")),
  gone: of.get("gone") === true,
});

const commentOf = (id: string, of: Fields): Comment => ({
  id,
  note: text(of.get("note")),
  text: text(of.get("text")),
  by: text(of.get("by")),
  gone: of.get("gone") === true,
});

/** Transactions of this person carry one of these; all others came from elsewhere. */
export const OWN = Symbol("own");
export const MAKING = Symbol("making");

export type Ballot = Record<string, number>;

/** Runs something at the next frame, or soon where nothing is drawn. */
export function atFrame(run: () => void): void {
  if (typeof requestAnimationFrame === "function" && document.visibilityState === "visible")
    requestAnimationFrame(run);
  else setTimeout(run, 50);
}

export const byOrder = (one: { order: number; id: string }, other: { order: number; id: string }) =>
  one.order - other.order || (one.id < other.id ? -1 : 1);

/** One kind of things of the document, as plain objects. */
class Shelf<Thing extends Kept> {
  readonly all = new Map<string, Thing>();

  constructor(private readonly made: (id: string, of: Fields) => Thing) {}

  /** Read anew what an event touched; `before` is told once a round. */
  take(root: Fields, ids: Iterable<string>, before: Map<string, Thing | undefined>): void {
    for (const id of ids) {
      if (!before.has(id)) before.set(id, this.all.get(id));
      const fields = root.get(id);
      if (fields instanceof Y.Map) this.all.set(id, this.made(id, fields as Fields));
      else this.all.delete(id);
    }
  }
}

const nothing = (anew = false): Changes => ({
  anew,
  notes: new Map(),
  clusters: new Map(),
  links: new Map(),
  comments: new Map(),
  dots: new Set(),
  own: new Set(),
});

export class Board {
  doc = new Y.Doc();
  readonly #notes = new Shelf(noteOf);
  readonly #clusters = new Shelf(clusterOf);
  readonly #links = new Shelf(linkOf);
  readonly #comments = new Shelf(commentOf);
  readonly #ballots = new Map<string, Ballot>();
  readonly #listeners = new Set<(changes: Changes) => void>();
  #changes = nothing();
  #waiting = false;

  constructor(private readonly soon: (run: () => void) => void = atFrame) {
    this.#watch();
  }

  /** Forget all and begin with an empty document. */
  renew(): void {
    this.doc.destroy();
    this.doc = new Y.Doc();
    for (const shelf of [this.#notes, this.#clusters, this.#links, this.#comments]) shelf.all.clear();
    this.#ballots.clear();
    this.#changes = nothing(true);
    this.#watch();
    this.#tell();
  }

  root(name: "notes" | "clusters" | "links" | "comments" | "votes"): Fields {
    return this.doc.getMap(name);
  }

  on(listener: (changes: Changes) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  note(id: string): Note | undefined {
    return this.#notes.all.get(id);
  }

  cluster(id: string): Cluster | undefined {
    return this.#clusters.all.get(id);
  }

  link(id: string): Link | undefined {
    return this.#links.all.get(id);
  }

  comment(id: string): Comment | undefined {
    return this.#comments.all.get(id);
  }

  /** All notes, those taken away too. */
  notes(): Iterable<Note> {
    return this.#notes.all.values();
  }

  comments(): Iterable<Comment> {
    return this.#comments.all.values();
  }

  clusters(): Cluster[] {
    return [...this.#clusters.all.values()].filter((one) => !one.gone).sort(byOrder);
  }

  /** The links whose both ends are there. */
  links(): Link[] {
    const there = (id: string) => this.note(id)?.gone === false;
    return [...this.#links.all.values()].filter((one) => !one.gone && there(one.from) && there(one.to));
  }

  linksOf(note: string): Link[] {
    return this.links().filter((one) => one.from === note || one.to === note);
  }

  commentsOf(note: string): Comment[] {
    return [...this.#comments.all.values()].filter((one) => one.note === note && !one.gone);
  }

  /** The group a note stands in: one that is there, and in the same area. */
  clusterOf(note: Note): Cluster | undefined {
    const cluster = this.cluster(note.cluster);
    return cluster && !cluster.gone && cluster.area === note.area ? cluster : undefined;
  }

  ballot(by: string): Ballot {
    return this.#ballots.get(by) ?? {};
  }

  /** The dots that a note or a cluster has from all together. */
  dots(id: string): number {
    let sum = 0;
    for (const ballot of this.#ballots.values()) sum += ballot[id] ?? 0;
    return sum;
  }

  #watch(): void {
    this.#follow("notes", (ids) => this.#notes.take(this.root("notes"), ids, this.#changes.notes));
    this.#follow("clusters", (ids) =>
      this.#clusters.take(this.root("clusters"), ids, this.#changes.clusters),
    );
    this.#follow("links", (ids) => this.#links.take(this.root("links"), ids, this.#changes.links));
    this.#follow("comments", (ids) =>
      this.#comments.take(this.root("comments"), ids, this.#changes.comments),
    );
    this.#follow("votes", (people) => this.#count(people));
  }

  #follow(name: Parameters<Board["root"]>[0], take: (ids: Set<string>) => void): void {
    this.root(name).observeDeep((events, transaction) => {
      const ids = new Set<string>();
      for (const event of events) {
        const [id] = event.path;
        if (typeof id === "string") ids.add(id);
        else for (const key of event.keys.keys()) ids.add(key);
      }
      take(ids);
      const { origin } = transaction;
      if (origin === OWN || origin === MAKING || origin instanceof Y.UndoManager)
        for (const id of ids) this.#changes.own.add(id);
      this.#tell();
    });
  }

  #count(people: Iterable<string>): void {
    for (const by of people) {
      const before = this.ballot(by);
      const after: Ballot = {};
      const told = this.root("votes").get(by);
      for (const [id, dots] of Object.entries(told && typeof told === "object" ? told : {}))
        if (number(dots) > 0) after[id] = number(dots);
      this.#ballots.set(by, after);
      for (const id of [...Object.keys(before), ...Object.keys(after)])
        if (before[id] !== after[id]) this.#changes.dots.add(id);
    }
  }

  #tell(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.soon(() => {
      this.#waiting = false;
      const changes = this.#changes;
      this.#changes = nothing();
      for (const listener of this.#listeners) listener(changes);
    });
  }
}
