import { describe, expect, test } from "vitest";
import { DEEPEST, Marks, type Row, sizeOf, things, type View } from "./marks.ts";
import { called, placesOf } from "./names.ts";

const SIZE = { x: 500, y: 600 };

/** A view of Emilia-Romagna and Toscana, as Leaflet projects it. */
function look(zoom: number, lng = 11, lat = 43.9): View {
  const scale = 256 * 2 ** zoom;
  const flat = (lng: number, lat: number) => {
    const sine = Math.sin((lat * Math.PI) / 180);
    return {
      x: (scale * (lng + 180)) / 360,
      y: scale * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)),
    };
  };
  const middle = flat(lng, lat);
  const place = (lng: number, lat: number) => {
    const at = flat(lng, lat);
    return { x: at.x - middle.x + SIZE.x / 2, y: at.y - middle.y + SIZE.y / 2 };
  };
  const half = (SIZE.x / 2 / scale) * 360;
  return { bounds: [lng - half, lat - half, lng + half, lat + half], zoom, size: SIZE, place };
}

/** The same numbers at every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

function many(count: number, seed = 1): Row[] {
  const roll = dice(seed);
  return Array.from({ length: count }, (_, n) => [
    9.3 + 3.3 * roll(),
    42.4 + 2.6 * roll(),
    1 + Math.floor(4 * roll()),
    `Luogo ${n}`,
    `/luogo/${n}`,
  ]);
}

describe("marks", () => {
  test("clusters add up the things of their rows, not the rows", () => {
    const marks = new Marks([
      [11, 44, 5, "Qui", "/qui"],
      [11.001, 44.001, 7, "Accanto", "/accanto"],
    ]);
    const seen = marks.seen(look(7));
    expect(seen.map((mark) => mark.count)).toEqual([12]);
    expect(seen[0]?.row).toBeUndefined();
  });

  test("a place alone keeps its row", () => {
    const row: Row = [11, 44, 5, "Qui", "/qui"];
    expect(new Marks([row]).seen(look(7))[0]?.row).toEqual(row);
  });

  test.each([6, 7, 8.25, 9, 10.5, 12, 13])(
    "at zoom %d no mark touches another, and each counts its rows",
    (zoom) => {
      for (const seed of [1, 2, 3]) {
        const marks = new Marks(many(2000, seed));
        const [lng, lat] = marks.rows[0] ?? [];
        const seen = marks.seen(look(zoom, lng, lat));
        expect(seen.length).toBeGreaterThan(0);
        for (const [index, one] of seen.entries()) {
          for (const other of seen.slice(index + 1)) {
            const apart = Math.hypot(one.at.x - other.at.x, one.at.y - other.at.y);
            expect(apart).toBeGreaterThanOrEqual((one.size + other.size) / 2);
          }
          const rows = marks.rowsOf(one);
          expect(rows.reduce((sum, row) => sum + row[2], 0)).toBe(one.count);
        }
      }
    },
  );

  test("where clusters end marks do not touch either", () => {
    const roll = dice(7);
    const rows = Array.from(
      { length: 300 },
      (_, n): Row => [11 + 0.06 * roll(), 44 + 0.06 * roll(), 1, "", `/${n}`],
    );
    const seen = new Marks(rows).seen(look(DEEPEST + 1, 11.03, 44.03));
    const apart = seen.flatMap((one, index) =>
      seen
        .slice(index + 1)
        .map(
          (other) => Math.hypot(one.at.x - other.at.x, one.at.y - other.at.y) - (one.size + other.size) / 2,
        ),
    );
    expect(seen.length).toBeGreaterThan(20);
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(0);
  });

  test("every mark can be hit: at least 24 pixels", () => {
    for (const count of [0, 1, 2, 50, 9999, 1_000_000])
      expect(sizeOf(count, true, 10)).toBeGreaterThanOrEqual(24);
  });

  test("every cluster opens to smaller ones, down to places or to a list", () => {
    const marks = new Marks(many(500));
    let [view, mark] = [look(7), marks.seen(look(7))[0]];
    for (let step = 0; step < 20 && mark !== undefined && mark.row === undefined; step++) {
      const opens = marks.opensAt(mark, view.zoom);
      if (opens === undefined) break;
      expect(opens).toBeGreaterThan(Math.floor(view.zoom));
      expect(opens).toBeLessThanOrEqual(DEEPEST + 1);
      const inside = new Set(marks.rowsOf(mark));
      view = look(opens, mark.lng, mark.lat);
      mark = marks.seen(view).find((one) => marks.rowsOf(one).some((row) => inside.has(row)));
    }
    expect(mark).toBeDefined();
  });

  test("what stands at one position opens as a list", () => {
    const marks = new Marks([
      [11, 44, 1, "Uno", "/1"],
      [11, 44, 1, "Due", "/2"],
    ]);
    const [mark] = marks.seen(look(DEEPEST + 1, 11, 44));
    expect(mark && marks.opensAt(mark, DEEPEST + 1)).toBeUndefined();
    expect(
      mark &&
        marks
          .rowsOf(mark)
          .map((row) => row[3])
          .sort(),
    ).toEqual(["Due", "Uno"]);
  });

  test("the order is that of reading", () => {
    const seen = new Marks([
      [12, 43, 1, "sotto a destra", "/d"],
      [10, 44.8, 1, "sopra a sinistra", "/a"],
      [12, 44.8, 1, "sopra a destra", "/b"],
      [10, 43, 1, "sotto a sinistra", "/c"],
    ]).seen(look(7));
    expect(seen.map((mark) => mark.row?.[4])).toEqual(["/a", "/b", "/c", "/d"]);
  });

  test("without rows there are no marks and no bounds", () => {
    expect(new Marks([]).seen(look(7))).toEqual([]);
    expect(new Marks([]).bounds()).toBeUndefined();
  });
});

test("things are counted in words", () => {
  expect(things(1, "processo", "processi")).toBe("1 processo");
  expect(things(12_800, "processo", "processi")).toBe("12.800 processi");
});

describe("names", () => {
  const named = [
    { name: "Modena", lng: 10.9, lat: 44.5 },
    { name: "Proprio qui", lng: 10.9, lat: 44.501 },
    { name: "Siena", lng: 11.3, lat: 43.2 },
  ];

  test("none stands over a mark or another name", () => {
    const view = look(8);
    const marks = new Marks([[10.9, 44.5, 3, "Modena", "/m"]]).seen(view);
    const told = called(named, marks, view);
    expect(told.map(({ name }) => name)).toEqual(["Modena", "Proprio qui", "Siena"]);
    const [mark] = marks;
    expect(
      told.filter(({ at }) => mark && Math.hypot(at.x - mark.at.x, at.y - mark.at.y) < mark.size / 2),
    ).toEqual([]);
    expect(new Set(told.map(({ at }) => Math.round(at.y))).size).toBe(3);
  });

  test("where there is no room a name stays away", () => {
    const here = { name: "Qui", lng: 11, lat: 44 };
    expect(called([here, here, here, here, here], [], look(8)).length).toBe(3);
  });

  test("ground without names has none", () => {
    expect(placesOf(undefined)).toEqual([]);
    const feature = {
      type: "Feature",
      properties: { name: "Prova" },
      geometry: { type: "Point", coordinates: [11, 44] },
    };
    expect(
      placesOf({ type: "FeatureCollection", features: [feature] } as unknown as GeoJSON.GeoJsonObject),
    ).toEqual([]);
  });
});
