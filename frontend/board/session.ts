/** A person at a board: the document, the line to the server, the copy on the phone, and what may be done. */

import { Tickets } from "../live/tickets.ts";
import { Connection, type Presence, type Stage, type Standing, type Why } from "./connection.ts";
import { atFrame, Board } from "./content.ts";
import { Pen } from "./pen.ts";
import { NO_RIGHT, type Right } from "./rights.ts";
import { openStore, type Store } from "./store.ts";

export interface Place {
  room: string;
  key: string;
  ticket: string;
  renew: string;
}

export interface Listener {
  standing(standing: Standing): void;
  stage(stage: Stage): void;
  right(right: Right): void;
  presence(presence: Presence): void;
  /** All that the server has is here, at first and after each absence. */
  joined(): void;
  /** What this person wrote and the server did not take. */
  refused(why: Why, texts: string[]): void;
}

export class Session {
  right: Right = NO_RIGHT;
  presence: Presence = { people: 0, editing: {} };
  readonly board: Board;
  readonly pen: Pen;
  #connection: Connection | undefined;
  #store: Store | undefined;
  #editing: string | null = null;
  #over = false;
  /** Which of its documents the server had when this one was filled; 0 is not known. */
  #epoch = 0;
  /** Texts of a document that was thrown away, until the new one shows which of them the server has. */
  #lost: { why: Why; texts: Map<string, string> } | undefined;
  /** Notes and comments whose text this person wrote here, whoever they are by. */
  readonly #touched = new Set<string>();
  /** Whether the server has all that was written here. */
  #kept = true;
  readonly #tickets: Tickets;
  readonly #address: string;

  constructor(
    private readonly place: Place,
    private readonly listener: Listener,
    private readonly soon: (run: () => void) => void = atFrame,
  ) {
    this.board = new Board(soon);
    this.pen = new Pen(this.board, () => this.right);
    this.#tickets = new Tickets(place.ticket, `/live/${place.room}`, place.renew);
    this.#address = `/live/${place.room}/board/${encodeURIComponent(place.key)}`;
    this.board.on(({ own }) => {
      for (const id of own) this.#touched.add(id);
    });
  }

  async open(): Promise<void> {
    const store = await openStore(`cantiere-board-${this.place.room}-${this.place.key}`, this.board.doc);
    if (this.#over) return store.close();
    this.#store = store;
    this.#epoch ||= store.epoch;
    this.#connection = new Connection(
      this.board.doc,
      this.#address,
      this.#tickets,
      {
        standing: (standing) => {
          if (standing === "gone") void store.clear();
          this.listener.standing(standing);
        },
        stage: (stage) => {
          this.#kept = stage === "kept";
          if (stage === "kept") store.keep(this.#connection?.vector ?? new Uint8Array());
          this.listener.stage(stage);
        },
        right: ({ author, add, shape, lead, dots, areas, epoch }) => {
          if (this.#epoch !== 0 && this.#epoch !== epoch) return void this.#begin("anew");
          if (this.#epoch !== epoch) store.keepEpoch(epoch);
          this.#epoch = epoch;
          const right = { author, add, shape, lead, dots, areas };
          if (JSON.stringify(right) === JSON.stringify(this.right)) return;
          this.right = right;
          this.listener.right(this.right);
        },
        presence: ({ people, editing }) => {
          const others = Object.entries(editing).filter(([, by]) => by !== this.right.author);
          this.presence = { people, editing: Object.fromEntries(others) };
          this.listener.presence(this.presence);
        },
        refused: (why) => void this.#begin(why),
        synced: () => this.soon(() => this.#arrived()),
      },
      store.known,
    );
    this.#connection.open();
    if (this.#editing) this.#connection.edit(this.#editing);
  }

  close(): void {
    this.#over = true;
    this.#connection?.close();
    this.#store?.close();
  }

  /** This person has a note open; `null` when it is left. */
  edit(note: string | null): void {
    if (this.#editing === note) return;
    this.#editing = note;
    this.#connection?.edit(note);
  }

  /** Begin with an empty document, and keep aside what this person wrote. */
  async #begin(why: Why): Promise<void> {
    const texts = new Map<string, string>();
    const mine = (thing: { id: string; by: string }) =>
      thing.by === this.right.author || this.#touched.has(thing.id);
    for (const one of [...this.board.notes(), ...this.board.comments()])
      if (!this.#kept && mine(one) && !one.gone && one.text) texts.set(one.id, one.text);
    this.#lost = { why, texts };
    this.#epoch = 0;
    this.#connection?.close();
    await this.#store?.clear();
    this.#touched.clear();
    this.board.renew();
    await this.open();
  }

  #arrived(): void {
    this.listener.joined();
    if (!this.#lost) return;
    const { why, texts } = this.#lost;
    this.#lost = undefined;
    const known = (id: string) => (this.board.note(id) ?? this.board.comment(id))?.text;
    const lacking = [...texts].filter(([id, text]) => known(id) !== text).map(([, text]) => text);
    if (why !== "anew" || lacking.length > 0) this.listener.refused(why, lacking);
  }
}
