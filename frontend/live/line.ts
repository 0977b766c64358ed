/** News of a room: a stream that comes back by itself, or questions where streams are blocked. */

export interface Ways {
  /** Opens a stream with a ticket that counts. */
  stream(last: string): Promise<EventSource>;
  /** Asks once and waits; the state if it is another than `last`. */
  ask(last: string): Promise<{ id: string; state: unknown } | null>;
}

export type Standing = "live" | "asking" | "away";

const DEAD = 35_000;
const STREAM_AGAIN = 300_000;

/** Milliseconds before coming back: 0 to 3 s at first, doubled to half a minute. */
export function comeBack(failures: number, chance = Math.random()): number {
  return Math.min(30_000, 3_000 * 2 ** Math.max(0, failures - 1)) * chance;
}

export class Line {
  private source: EventSource | undefined;
  private last = "";
  private failures = 0;
  private wanted = false;
  private turn = 0;
  private dead: ReturnType<typeof setTimeout> | undefined;
  private later: ReturnType<typeof setTimeout> | undefined;
  private askUntil = 0;

  constructor(
    private readonly ways: Ways,
    private readonly show: (state: unknown, id: string) => void,
    private readonly standing: (standing: Standing) => void = () => {},
  ) {}

  /** Begin, or begin anew at once: the page is looked at again. */
  open(): void {
    this.hush();
    this.wanted = true;
    const turn = this.turn;
    if (this.failures >= 2 && Date.now() < this.askUntil) void this.askOn(turn);
    else void this.listen(turn);
  }

  /** What was shown last is of another audience: hear the whole state of the new one. */
  anew(): void {
    this.last = "";
    if (this.wanted) this.open();
  }

  /** Hear nothing: the page is hidden or left. */
  close(): void {
    this.wanted = false;
    this.hush();
  }

  private hush(): void {
    this.turn++;
    clearTimeout(this.dead);
    clearTimeout(this.later);
    this.source?.close();
    this.source = undefined;
  }

  private async listen(turn: number): Promise<void> {
    try {
      const source = await this.ways.stream(this.last);
      if (turn !== this.turn) {
        source.close();
        return;
      }
      this.source = source;
      source.onopen = () => this.alive(turn);
      source.onmessage = (event: MessageEvent<string>) =>
        this.take(turn, event.lastEventId, JSON.parse(event.data));
      source.addEventListener("beat", () => this.alive(turn));
      source.onerror = () => this.broken(turn);
      this.watch(turn);
    } catch {
      this.broken(turn);
    }
  }

  private take(turn: number, id: string, state: unknown): void {
    this.alive(turn);
    this.last = id;
    this.show(state, id);
  }

  private alive(turn: number): void {
    this.failures = 0;
    this.standing("live");
    this.watch(turn);
  }

  /** A line can be dead and say it is open: without a sign for 35 s it is. */
  private watch(turn: number): void {
    clearTimeout(this.dead);
    this.dead = setTimeout(() => this.broken(turn), DEAD);
  }

  private broken(turn: number): void {
    if (turn !== this.turn || !this.wanted) return;
    this.hush();
    this.failures++;
    this.standing("away");
    if (this.failures >= 2 && Date.now() >= this.askUntil) this.askUntil = Date.now() + STREAM_AGAIN;
    this.later = setTimeout(() => this.open(), comeBack(this.failures));
  }

  private async askOn(turn: number): Promise<void> {
    while (turn === this.turn && Date.now() < this.askUntil) {
      try {
        const told = await this.ways.ask(this.last);
        if (turn !== this.turn) return;
        this.standing("asking");
        if (told) {
          this.last = told.id;
          this.show(told.state, told.id);
        }
      } catch {
        this.broken(turn);
        return;
      }
    }
    if (turn === this.turn) this.open(); // perhaps streams pass by now
  }
}
