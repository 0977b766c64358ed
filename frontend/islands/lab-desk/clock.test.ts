import { expect, test } from "vitest";
import { remaining, spelt } from "./clock.ts";

test("a running timer ends by the server's time, one that stands does not move", () => {
  expect(remaining({ ends: 10_000, left: null }, 4_000)).toBe(6_000);
  expect(remaining({ ends: 10_000, left: null }, 12_000)).toBe(0);
  expect(remaining({ ends: null, left: 7_000 }, 99_000)).toBe(7_000);
  expect(remaining({ ends: null, left: null }, 0)).toBeNull();
});

test("the last second is counted whole", () => {
  expect(spelt(60_000)).toBe("1:00");
  expect(spelt(59_001)).toBe("1:00");
  expect(spelt(1)).toBe("0:01");
  expect(spelt(0)).toBe("0:00");
});
