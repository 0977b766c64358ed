const RENEW_AFTER = 240_000;

export interface Given {
  ticket: string;
  audience?: string;
  own?: unknown;
}

/** How a ticket is shown to the live part. */
export const bearer = (ticket: string) => ({ Authorization: `Live ${ticket}` });

/** The ticket of a live room, renewed before it ends. */
export class Tickets {
  private since = Date.now();
  private renewing: Promise<string> | undefined;

  constructor(
    private ticket: string,
    private readonly address: string,
    private readonly page: string,
    private readonly given: (given: Given) => void = () => {},
  ) {}

  good(): Promise<string> {
    if (Date.now() - this.since < RENEW_AFTER) return Promise.resolve(this.ticket);
    return this.renewing ?? this.anew();
  }

  /** The server did not want it. */
  refused(): void {
    this.since = 0;
  }

  /** A new one, asked for after this moment: one that is under way may know nothing of what just happened. */
  anew(): Promise<string> {
    const before = this.renewing ?? Promise.resolve();
    const renewing = before.then(
      () => this.renew(),
      () => this.renew(),
    );
    this.renewing = renewing;
    const done = () => {
      if (this.renewing === renewing) this.renewing = undefined;
    };
    renewing.then(done, done);
    return renewing;
  }

  /** The room knows who still holds a good ticket; who slept too long, or was refused, asks the page. */
  private async renew(): Promise<string> {
    let response = await fetch(`${this.address}/ticket`, { method: "POST", headers: bearer(this.ticket) });
    if (response.status === 403)
      response = await fetch(this.page, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error("no ticket");
    const given = (await response.json()) as Given;
    this.ticket = given.ticket;
    this.since = Date.now();
    this.given(given);
    return this.ticket;
  }
}
