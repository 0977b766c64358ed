import { expect, test } from "vitest";
import { cutSprite } from "../sprite.ts";

const LIBRARY =
  '<svg><symbol id="it-check" viewBox="0 0 24 24"><path d="M1"/></symbol>' +
  '<symbol id="it-check-circle"><path d="M2"/></symbol></svg>';

test("the sprite holds the listed symbols and no others", () => {
  expect(cutSprite("# a remark\nit-check\n", LIBRARY)).toBe(
    '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="it-check" viewBox="0 0 24 24"><path d="M1"/></symbol></svg>\n',
  );
});

test("an icon the library lacks stops the build", () => {
  expect(() => cutSprite("it-nothing", LIBRARY)).toThrow("it-nothing");
});
