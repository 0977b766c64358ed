/**
 * Asks a page for what stands there now, when something happened: one look at a time, or on a slow line each would be
 * overtaken by the next, and not more often than every `pause` milliseconds. What happens meanwhile is looked at after.
 */

const PATIENCE = 10_000;

export class Looking {
  #again = false;
  #asked = Number.NEGATIVE_INFINITY;
  #ended = false;
  #turn: ReturnType<typeof setTimeout> | undefined; // of the look that is due or under way

  /** `look` gives up at its signal; whatever goes wrong in it is its own to tell. */
  constructor(
    private readonly pause: number,
    private readonly look: (signal: AbortSignal) => Promise<void>,
  ) {}

  /** Look at once, or as soon as one may. */
  soon(): void {
    this.#again = true;
    if (this.#turn !== undefined || this.#ended) return;
    this.#turn = setTimeout(() => void this.#go(), Math.max(0, this.#asked + this.pause - Date.now()));
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#turn);
  }

  async #go(): Promise<void> {
    this.#again = false;
    this.#asked = Date.now();
    await this.look(AbortSignal.timeout(PATIENCE)).catch(() => {});
    this.#turn = undefined;
    if (this.#again) this.soon();
  }
}
