/** Keeps a document in step with the server's: by a socket, or by questions where sockets are blocked. */

import * as Y from "yjs";
import { comeBack } from "../live/line.ts";
import { bearer, type Tickets } from "../live/tickets.ts";
import type { Right } from "./rights.ts";
import { Socket } from "./socket.ts";
import { covers, fromBase64, toBase64Url } from "./vectors.ts";

export type Standing = "joining" | "live" | "asking" | "away" | "gone";
/** Of what this person wrote last: only here, on its way, or kept by the server. */
export type Stage = "saved" | "sent" | "kept";
/** Why something was not taken; `anew`: the server's document is another one now. */
export type Why = "forbidden" | "limits" | "wrong" | "closed" | "anew";

export interface Presence {
  people: number;
  editing: Record<string, string>;
}

export interface Told {
  standing(standing: Standing): void;
  stage(stage: Stage): void;
  right(right: Right & { epoch: number }): void;
  presence(presence: Presence): void;
  /** The server did not take what was sent: the document is not to be trusted any more. */
  refused(why: Why): void;
  /** All that the server had is here. */
  synced(): void;
}

/** Who applies an update that came from the server. */
export const SERVER = Symbol("server");

const MERGE = 60; // milliseconds between two updates: the server takes 20 a second
const ANSWER_WITHIN = 10_000;
const HIDDEN_FOR = 30_000;
const SOCKETS_AGAIN = 300_000;
const SIGN_EVERY = 30_000; // a line can be dead and say it is open: the server is asked for what it has
const ANEW = 4409;
const WHYS: Record<string, Why> = {
  forbidden: "forbidden",
  closed: "closed",
  wrong: "wrong",
  limits: "limits",
  too_large: "limits",
  anew: "anew",
};

export class Connection {
  #socket: Socket | undefined;
  #turn = 0;
  #failures = 0;
  #askUntil = 0;
  #standing: Standing = "joining";
  #stage: Stage | undefined;
  #outgoing: Uint8Array[] = [];
  #sent = 0;
  #kept = 0;
  /** Whether the server has said what it has, and whether all of that is here. */
  #synced = false;
  #whole = false;
  #editing: string | null = null;
  #later: ReturnType<typeof setTimeout> | undefined;
  #flushing: ReturnType<typeof setTimeout> | undefined;
  #overdue: ReturnType<typeof setTimeout> | undefined;
  #sign: ReturnType<typeof setInterval> | undefined;
  /** The ticket was refused once, and no board opened since. */
  #doubtful = false;
  #hidden: ReturnType<typeof setTimeout> | undefined;
  #flushed = 0;
  readonly #stop = new AbortController();

  /**
   * `address` is of the board, below the site; `known` what the server is known to have, for who comes back
   * after a while without network.
   */
  constructor(
    private readonly doc: Y.Doc,
    private readonly address: string,
    private readonly tickets: Tickets,
    private readonly told: Told,
    private known: Uint8Array = new Uint8Array(),
  ) {
    doc.on("update", (update: Uint8Array, origin: unknown) => this.#wrote(update, origin));
  }

  /** What the server is known to have. */
  get vector(): Uint8Array {
    return this.known;
  }

  open(): void {
    const { signal } = this.#stop;
    const look = () => {
      clearTimeout(this.#hidden);
      if (document.visibilityState === "hidden")
        this.#hidden = setTimeout(() => this.#hush("away"), HIDDEN_FOR);
      else if (this.#standing !== "live" && this.#standing !== "asking") this.#begin();
    };
    document.addEventListener("visibilitychange", look, { signal });
    addEventListener("online", () => this.#begin(), { signal });
    addEventListener("offline", () => this.#broken(this.#turn), { signal });
    this.#setStage(covers(this.known, this.doc) ? "kept" : "saved");
    this.#begin();
  }

  close(): void {
    this.#stop.abort();
    clearTimeout(this.#hidden);
    this.#hush("away");
  }

  /** Which note this person has open; told to the others. */
  edit(note: string | null): void {
    this.#editing = note;
    this.#socket?.tell({ t: "editing", note });
  }

  #begin(): void {
    if (this.#standing === "gone" || this.#stop.signal.aborted) return;
    this.#hush("joining");
    if (this.#failures >= 2 && Date.now() < this.#askUntil) void this.#ask(this.#turn);
    else void this.#listen(this.#turn);
  }

  #hush(standing: Standing): void {
    this.#turn++;
    clearTimeout(this.#later);
    clearTimeout(this.#overdue);
    clearInterval(this.#sign);
    this.#socket?.close();
    this.#socket = undefined;
    [this.#synced, this.#whole] = [false, false];
    [this.#sent, this.#kept, this.#outgoing] = [0, 0, []];
    this.#stand(standing);
    if (this.#stage === "sent") this.#setStage("saved");
  }

  #stand(standing: Standing): void {
    if (this.#standing === standing) return;
    this.#standing = standing;
    this.told.standing(standing);
  }

  #setStage(stage: Stage): void {
    if (stage === "kept") this.known = Y.encodeStateVector(this.doc);
    if (this.#stage === stage) return;
    this.#stage = stage;
    this.told.stage(stage);
  }

  async #listen(turn: number): Promise<void> {
    let opened = false;
    try {
      const query = new URLSearchParams({ t: await this.tickets.good() });
      if (turn !== this.#turn) return;
      const address = `${location.origin.replace(/^http/, "ws")}${this.address}?${query}`;
      const socket = new Socket(address, {
        open: () => {
          opened = true;
          socket.greet(this.doc);
          if (this.#editing) socket.tell({ t: "editing", note: this.#editing });
        },
        vector: (vector) => this.#answer(vector),
        update: (update, whole) => this.#take(update, whole),
        word: (word) => this.#hear(word),
        closed: (code) => {
          if (!opened) this.tickets.refused();
          if (code === ANEW) this.told.refused("anew");
          else this.#broken(turn);
        },
      });
      this.#socket = socket;
      this.#sign = setInterval(() => {
        socket.greet(this.doc);
        this.#await();
      }, SIGN_EVERY);
    } catch {
      this.#broken(turn);
    }
  }

  #broken(turn: number): void {
    if (turn !== this.#turn || this.#standing === "gone") return;
    this.#failures++;
    this.#hush("away");
    if (this.#failures >= 2 && Date.now() >= this.#askUntil) this.#askUntil = Date.now() + SOCKETS_AGAIN;
    this.#later = setTimeout(() => this.#begin(), comeBack(this.#failures));
  }

  #alive(standing: Standing): void {
    this.#failures = 0;
    this.#stand(standing);
  }

  /** The server says what it has: it gets what it lacks, and from now on what is new. */
  #answer(vector: Uint8Array): void {
    this.#alive("live");
    this.#synced = true;
    this.#doubtful = false;
    this.#outgoing = [];
    const lacking = !covers(vector, this.doc);
    this.#setStage(lacking ? "sent" : "kept");
    if (this.#socket) {
      this.#sent++;
      this.#socket.give(this.doc, vector);
      this.#await();
    } else if (lacking) this.#hand(Y.encodeStateAsUpdate(this.doc, vector.length > 0 ? vector : undefined));
  }

  #take(update: Uint8Array, whole: boolean): void {
    Y.applyUpdate(this.doc, update, SERVER);
    if (this.#stage === "kept") this.known = Y.encodeStateVector(this.doc);
    if (!whole) return;
    if (this.#synced) this.#settle();
    if (this.#whole) return;
    this.#whole = true;
    this.told.synced();
  }

  #hear(word: Record<string, unknown>): void {
    if (word.t === "kept") {
      this.#kept = Number(word.n);
      this.#settle();
    } else if (word.t === "refused") this.told.refused(word.why as Why);
    else if (word.t === "right") this.told.right(word as unknown as Right & { epoch: number });
    else if (word.t === "presence") this.told.presence(word as unknown as Presence);
    else if (word.t === "gone") this.#lost();
  }

  /** The ticket no longer counts: perhaps the page gives another, with which there is still a board. */
  #lost(): void {
    if (this.#doubtful) {
      this.#hush("gone");
      return;
    }
    this.#doubtful = true;
    this.tickets.refused();
    const turn = this.#turn;
    this.tickets.good().then(
      () => turn === this.#turn && this.#begin(),
      () => turn === this.#turn && this.#broken(turn),
    );
  }

  #wrote(update: Uint8Array, origin: unknown): void {
    if (origin === SERVER) return;
    this.#setStage("saved");
    if (!this.#synced) return;
    this.#outgoing.push(update);
    const wait = Math.max(0, MERGE - (Date.now() - this.#flushed));
    this.#flushing ??= setTimeout(() => this.#flush(), wait);
  }

  #flush(): void {
    this.#flushing = undefined;
    if (this.#outgoing.length === 0 || !this.#synced) return;
    this.#flushed = Date.now();
    const update = Y.mergeUpdates(this.#outgoing);
    this.#outgoing = [];
    this.#hand(update);
  }

  #hand(update: Uint8Array): void {
    this.#sent++;
    this.#setStage("sent");
    if (this.#socket) {
      this.#socket.update(update);
      this.#await();
    } else void this.#post(update, this.#turn);
  }

  #await(): void {
    const turn = this.#turn;
    clearTimeout(this.#overdue);
    this.#overdue = setTimeout(() => this.#broken(turn), ANSWER_WITHIN);
  }

  #settle(): void {
    clearTimeout(this.#overdue);
    if (this.#kept < this.#sent) this.#await();
    else if (this.#outgoing.length === 0) this.#setStage("kept");
  }

  async #fetch(query: string, init: RequestInit): Promise<Response> {
    const headers = { ...bearer(await this.tickets.good()), ...init.headers };
    return fetch(`${this.address}${query}`, { ...init, headers, signal: this.#stop.signal });
  }

  /** Questions and answers, until sockets may have come back. */
  async #ask(turn: number): Promise<void> {
    try {
      for (let first = true; turn === this.#turn && Date.now() < this.#askUntil; first = false) {
        const sv = toBase64Url(Y.encodeStateVector(this.doc));
        const response = await this.#fetch(`?${new URLSearchParams({ sv, wait: first ? "0" : "25" })}`, {});
        if (turn !== this.#turn) return;
        if (response.status === 403) return this.#lost();
        if (!response.ok) throw new Error(String(response.status));
        if (response.status === 200) this.#asked(await response.json());
        if (turn !== this.#turn) return;
        if (first) this.#answer(this.known);
        this.#alive("asking");
      }
      if (turn === this.#turn) this.#begin();
    } catch {
      this.#broken(turn);
    }
  }

  #asked(told: { update: string; right: Right & { epoch: number }; presence: Presence }): void {
    this.told.right(told.right);
    this.told.presence(told.presence);
    this.#take(fromBase64(told.update), true);
  }

  async #post(update: Uint8Array, turn: number): Promise<void> {
    try {
      const body = update as Uint8Array<ArrayBuffer>;
      const headers = { "Content-Type": "application/octet-stream" };
      const response = await this.#fetch("", { method: "POST", body, headers });
      if (turn !== this.#turn) return;
      if (response.ok) {
        this.#kept++;
        this.#settle();
        return;
      }
      const { error = "" } = (await response.json().catch(() => ({}))) as { error?: string };
      const why = WHYS[error];
      if (why) return this.told.refused(why);
      // It lacks more than it was thought to.
      if (error === "missing") this.known = new Uint8Array();
      if (error === "ticket") this.#lost();
      else this.#broken(turn);
    } catch {
      this.#broken(turn);
    }
  }
}
