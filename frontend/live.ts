/** A live room on a page: sends answers by an outbox, shows the latest state. Knows no kind of room. */

import { Line, type Standing } from "./live/line.ts";
import { type Answer, Outbox, openShelf, type Shelf, type Told } from "./live/outbox.ts";

export { newKey, type Stage } from "./live/outbox.ts";

export interface Options {
  room: string;
  ticket: string;
  /** A page's address that gives `{ticket}` to who still may; asked when the ticket is no longer good. */
  renew: string;
  show(state: unknown, id: string): void;
  told?(answer: Answer, told: Told): void;
  standing?(standing: Standing): void;
  shelf?: Shelf;
}

const RENEW_AFTER = 240_000;

/** The ticket, renewed before it ends. */
class Tickets {
  private since = Date.now();
  private renewing: Promise<string> | undefined;

  constructor(
    private ticket: string,
    private readonly address: string,
    private readonly page: string,
  ) {}

  good(): Promise<string> {
    if (Date.now() - this.since < RENEW_AFTER) return Promise.resolve(this.ticket);
    this.renewing ??= this.renew().finally(() => {
      this.renewing = undefined;
    });
    return this.renewing;
  }

  /** The server did not want it. */
  refused(): void {
    this.since = 0;
  }

  private async renew(): Promise<string> {
    let response = await fetch(`${this.address}/ticket`, { method: "POST", headers: bearer(this.ticket) });
    if (!response.ok) response = await fetch(this.page, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error("no ticket");
    this.ticket = ((await response.json()) as { ticket: string }).ticket;
    this.since = Date.now();
    return this.ticket;
  }
}

const bearer = (ticket: string) => ({ Authorization: `Live ${ticket}` });

export class LiveRoom {
  readonly line: Line;
  readonly outbox: Promise<Outbox>;

  constructor(options: Options) {
    const address = `/live/${options.room}`;
    const tickets = new Tickets(options.ticket, address, options.renew);
    const asked = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(`${address}/${path}`, {
        ...init,
        headers: { "Content-Type": "application/json", ...bearer(await tickets.good()) },
      });
      if (response.status === 403) tickets.refused();
      return response;
    };
    this.line = new Line(
      {
        stream: async (last) => {
          const query = new URLSearchParams({ t: await tickets.good(), after: last });
          const source = new EventSource(`${address}/news?${query}`);
          source.addEventListener("error", () => tickets.refused());
          return source;
        },
        ask: async (last) => {
          const response = await asked(`news?${new URLSearchParams({ wait: "25", after: last })}`);
          if (response.status === 204) return null;
          if (!response.ok) throw new Error(String(response.status));
          return (await response.json()) as { id: string; state: unknown };
        },
      },
      options.show,
      options.standing,
    );
    const shelf = options.shelf ? Promise.resolve(options.shelf) : openShelf(options.room);
    this.outbox = shelf.then(
      (kept) =>
        new Outbox(
          kept,
          (answer) => asked("act", { method: "POST", body: JSON.stringify(answer) }),
          (answer, told) => options.told?.(answer, told),
        ),
    );
  }

  /** Hand in an answer; gives its key. What becomes of it is told by `told`. */
  async send(kind: string, slot: string, body: Record<string, unknown>, key?: string): Promise<string> {
    return (await this.outbox).add(kind, slot, body, key);
  }

  /** Listen while somebody looks; a hidden page hears nothing and costs nothing. */
  start(): void {
    const look = () => {
      if (document.visibilityState === "hidden") this.line.close();
      else {
        this.line.open();
        void this.outbox.then((outbox) => outbox.flush());
      }
    };
    document.addEventListener("visibilitychange", look);
    addEventListener("online", look);
    look();
  }
}
