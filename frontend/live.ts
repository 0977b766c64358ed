/** A live room on a page: sends answers by an outbox, shows the latest state. Knows no kind of room. */

import { Line, type Standing } from "./live/line.ts";
import { type Answer, Outbox, openShelf, pause, type Shelf, type Told } from "./live/outbox.ts";
import { bearer, type Given, Tickets } from "./live/tickets.ts";

export { newKey, type Stage } from "./live/outbox.ts";

export interface Options {
  room: string;
  ticket: string;
  /** A page's address that gives `{ticket}` to who still may; asked when the ticket is no longer good. */
  renew: string;
  /** The audience of the ticket, where the page knows it. */
  audience?: string;
  show(state: unknown, id: string): void;
  /** What concerns this person alone, and the audience they belong to now: with each new ticket. */
  own?(own: unknown, audience: string): void;
  told?(answer: Answer, told: Told): void;
  standing?(standing: Standing): void;
  shelf?: Shelf;
}

export class LiveRoom {
  readonly line: Line;
  readonly outbox: Promise<Outbox>;
  private readonly tickets: Tickets;
  private audience: string | undefined;
  private asking = false;
  private askAgain = false;

  constructor(private readonly options: Options) {
    const address = `/live/${options.room}`;
    const tickets = new Tickets(options.ticket, address, options.renew, (given) => this.place(given));
    this.tickets = tickets;
    this.audience = options.audience;
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

  /**
   * Ask for a new ticket, for one's place or what is one's own is another now. Told often, it asks once more after
   * the last; without a network, until it is answered.
   */
  async refresh(): Promise<void> {
    this.askAgain = true;
    if (this.asking) return;
    this.asking = true;
    for (let failures = 0; this.askAgain; ) {
      this.askAgain = false;
      try {
        await this.tickets.anew();
        failures = 0;
      } catch {
        this.askAgain = true;
        await new Promise((resolve) => setTimeout(resolve, pause(failures++)));
      }
    }
    this.asking = false;
  }

  /** Another audience has frames of its own: what was shown last counts for nothing there. */
  private place({ audience, own }: Given): void {
    if (audience === undefined) return;
    const moved = this.audience !== audience;
    this.audience = audience;
    if (moved) this.line.anew();
    this.options.own?.(own, audience);
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
