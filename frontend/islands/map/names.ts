import type { Mark, Pixel, View } from "./marks.ts";

/** What a piece of the ground is called, and a position inside it. */
export interface Named {
  name: string;
  lng: number;
  lat: number;
}

const LETTER = 7.2; // pixels a letter takes, a little more than most do
const HEIGHT = 18;
const BELOW = 38; // clear of the largest mark

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The names that the server gave with the ground; other ground has none. */
export function placesOf(ground: GeoJSON.GeoJsonObject | undefined): Named[] {
  const features = (ground as GeoJSON.FeatureCollection | undefined)?.features ?? [];
  return features.flatMap(({ properties }) => {
    const { name, lng, lat } = properties ?? {};
    return typeof name === "string" && typeof lng === "number" && typeof lat === "number"
      ? [{ name, lng, lat }]
      : [];
  });
}

/** The names for which there is room: none over a mark or over another name; some stand under or over a mark. */
export function called(
  places: readonly Named[],
  marks: readonly Mark[],
  view: View,
): { name: string; at: Pixel }[] {
  const taken: Box[] = marks.map(({ at, size }) => around(at, size, size));
  const told: { name: string; at: Pixel }[] = [];
  for (const { name, lng, lat } of places) {
    const middle = view.place(lng, lat);
    for (const down of [0, BELOW, -BELOW]) {
      const at = { x: middle.x, y: middle.y + down };
      const box = around(at, name.length * LETTER, HEIGHT);
      if (taken.some((other) => meet(box, other))) continue;
      taken.push(box);
      told.push({ name, at });
      break;
    }
  }
  return told;
}

function around({ x, y }: Pixel, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function meet(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
