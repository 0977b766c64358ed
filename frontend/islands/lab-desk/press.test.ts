import { describe, expect, it } from "vitest";
import { TWICE, twice } from "./press.ts";

describe("a press at the desk", () => {
  const first = { button: "primary", words: "Open", at: 1000 };

  it("counts once where the button became another under the hand", () => {
    expect(twice(undefined, first)).toBe(false);
    expect(twice(first, { ...first, words: "Close", at: 1000 + TWICE - 1 })).toBe(true);
    expect(twice(first, { ...first, words: "Close", at: 1000 + TWICE })).toBe(false);
  });

  it("is another press on another button, and one that the server knows again where nothing changed", () => {
    expect(twice(first, { button: "pause", words: "Pause", at: 1001 })).toBe(false);
    expect(twice(first, { ...first, at: 1001 })).toBe(false);
  });
});
