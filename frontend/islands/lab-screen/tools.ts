/** The few buttons of the screen: its ground for a dark or a light room, and the whole of it. */

import { el, say, type Words } from "../../labs/dom.ts";

export function tools(words: Words): HTMLElement[] {
  const ground = el("button", { type: "button", class: "screen-tool" });
  const look = () => {
    ground.textContent = say(words, document.body.classList.contains("lab-dark") ? "light" : "dark");
  };
  ground.addEventListener("click", () => {
    document.body.classList.toggle("lab-dark");
    look();
  });
  look();
  if (!document.fullscreenEnabled) return [ground];
  const whole = el("button", { type: "button", class: "screen-tool" }, say(words, "full_screen"));
  whole.addEventListener("click", () =>
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
  );
  return [ground, whole];
}
