import { element } from "./chart.ts";
import { type Mark, type Row, things } from "./marks.ts";

/** What stands at one place, under the map: its name and where it leads. Escape goes back to the mark. */
export function card(
  frame: HTMLElement,
  mark: Mark,
  rows: readonly Row[],
  words: DOMStringMap,
  from: HTMLButtonElement,
): void {
  closeCard(frame);
  const made = element("div", "map-card", {
    role: "group",
    "aria-label": mark.row?.[3] ?? things(mark.count, words.one ?? "", words.many ?? ""),
  });
  const list = element("ul", "map-card-rows");
  list.append(...rows.map((row) => line(row, words)));
  const close = element("button", "map-card-close", { type: "button", "aria-label": words.close ?? "" });
  close.textContent = "×";
  from.classList.add("map-chosen");
  const leave = () => {
    closeCard(frame);
    (from.isConnected ? from : frame.querySelector<HTMLElement>(".map-area"))?.focus({ preventScroll: true });
  };
  close.onclick = leave;
  made.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    // What is pressed here is not for the map.
    event.stopPropagation();
  });
  made.append(list, close);
  frame.querySelector(".map-area")?.after(made);
  made.scrollIntoView({ block: "nearest" });
  list.querySelector("a")?.focus();
}

/** Takes the card away, and the sign of the mark it belongs to. */
export function closeCard(frame: HTMLElement): void {
  frame.querySelector(".map-card")?.remove();
  frame.querySelector(".map-chosen")?.classList.remove("map-chosen");
}

function line([, , count, label, href]: Row, words: DOMStringMap): HTMLLIElement {
  const item = element("li", "");
  const link = element("a", "", { href });
  if (count === 1) {
    link.textContent = label;
    item.append(link);
  } else {
    const place = element("span", "map-card-place");
    place.textContent = `${label} · ${things(count, words.one ?? "", words.many ?? "")}`;
    link.textContent = words.show ?? "";
    item.append(place, link);
  }
  if (words.target) link.target = words.target;
  // The list stands beside: it changes, the page stays.
  link.addEventListener("click", (event) => {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (plain && words.follows && link.pathname === location.pathname) {
      const asked = new CustomEvent("cantiere:list", { detail: href, cancelable: true });
      if (!document.dispatchEvent(asked)) event.preventDefault();
    }
  });
  return item;
}
