/** Where things lie on a sheet of paper; all lengths in pixels of the sheet. */

export interface Size {
  w: number;
  h: number;
}

export interface Box extends Size {
  x: number;
  y: number;
}

const GAP = 10;

const meet = (one: Box, other: Box) =>
  Math.max(0, Math.min(one.x + one.w, other.x + other.w) - Math.max(one.x, other.x)) *
  Math.max(0, Math.min(one.y + one.h, other.y + other.h) - Math.max(one.y, other.y));

/** The first place, by lines from the top, that covers least of what is there; `near` prefers places around a point. */
export function freeSpot(sheet: Size, size: Size, taken: readonly Box[], near?: { x: number; y: number }) {
  const stepX = Math.max(1, Math.min(size.w + GAP, (sheet.w - size.w) / 2));
  const stepY = size.h / 2 + GAP / 2;
  let best = { x: 0, y: 0 };
  let least = Number.POSITIVE_INFINITY;
  for (let y = 0; y <= Math.max(0, sheet.h - size.h); y += stepY) {
    for (let x = 0; x <= Math.max(0, sheet.w - size.w); x += stepX) {
      const box = { x, y, ...size };
      const covered = taken.reduce((sum, other) => sum + meet(box, other), 0);
      const cost = covered + (near ? Math.hypot(near.x - x, near.y - y) / 100 : 0);
      if (cost < least - 0.5) [best, least] = [{ x, y }, cost];
      if (cost === 0) return best;
    }
  }
  return best;
}

/** Pixels to thousandths of the room that a sheet leaves to something of a size, and back. */
export const thousandths = (at: number, room: number) => (room <= 0 ? 0 : (at / room) * 1000);
export const pixels = (part: number, room: number) => (Math.max(0, room) * part) / 1000;

/** All of them beside each other, by lines, in their order: where each comes to lie. */
export function tidied(sheet: Size, sizes: readonly Size[]): { x: number; y: number }[] {
  let [x, y, line] = [0, 0, 0];
  return sizes.map((size) => {
    if (x > 0 && x + size.w > sheet.w) [x, y, line] = [0, y + line + GAP, 0];
    const at = { x, y };
    x += size.w + GAP;
    line = Math.max(line, size.h);
    return at;
  });
}

/** Which of nine fields a place is in: row and column, 0 to 2. */
export const ninth = (x: number, y: number) => ({
  row: Math.min(2, Math.floor((y / 1000) * 3)),
  column: Math.min(2, Math.floor((x / 1000) * 3)),
});
