/** The timer of a desk, counted down between two looks at the server; its time is the server's. */

export interface Timer {
  ends: number | null;
  left: number | null;
}

/** Milliseconds that remain at `now` (the server's time); none where no timer runs. */
export function remaining(timer: Timer, now: number): number | null {
  if (timer.left !== null) return timer.left;
  return timer.ends === null ? null : Math.max(0, timer.ends - now);
}

/** «4:30», the last begun second counted whole. */
export function spelt(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
