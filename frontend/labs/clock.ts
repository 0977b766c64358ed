/** The timer everybody sees, by the clock of the server. */

import type { Timer } from "./frame.ts";

/** How far the server's clock is before this device's; a frame is never younger than it says, so the most counts. */
export class Clock {
  private ahead = Number.NEGATIVE_INFINITY;

  hear(now: number, here = Date.now()): void {
    this.ahead = Math.max(this.ahead, now - here);
  }

  now(here = Date.now()): number {
    return here + (Number.isFinite(this.ahead) ? this.ahead : 0);
  }
}

/** Milliseconds left, `null` where there is no timer. */
export function left(timer: Timer, now: number): number | null {
  if (timer.ends !== null) return Math.max(0, timer.ends - now);
  return timer.left;
}

/** «7:05», «1:02:30». */
export function digits(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

export type Milestone = "half" | "minute" | "thirty" | "up";

/** What is announced between two looks at the clock; of several the last. `total` is what the timer began with. */
export function milestone(total: number, before: number, after: number): Milestone | undefined {
  const marks: [number, Milestone, boolean][] = [
    [total / 2, "half", total >= 150_000],
    [60_000, "minute", total > 90_000],
    [30_000, "thirty", total > 45_000],
    [0, "up", true],
  ];
  let told: Milestone | undefined;
  for (const [at, name, counts] of marks) if (counts && before > at && after <= at) told = name;
  return told;
}
