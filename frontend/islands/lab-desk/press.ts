/** A second press within this was meant for what the button said at the first. */
export const TWICE = 400;

export interface Press {
  button: unknown;
  words: string;
  at: number;
}

/** Whether a press is the second of a double press, on a button that the first made into another. */
export function twice(before: Press | undefined, press: Press): boolean {
  return (
    before !== undefined &&
    before.button === press.button &&
    before.words !== press.words &&
    press.at - before.at < TWICE
  );
}
