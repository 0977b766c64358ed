import htmx from "htmx.org";

const NARROW = matchMedia("(max-width: 61.99rem)");

/** A link of the map beside a list changes the list and the address, not the page. */
document.addEventListener("cantiere:list", (event) => {
  event.preventDefault();
  const address = (event as CustomEvent<string>).detail;
  void htmx.ajax("get", address, { target: "#listing-results", swap: "outerHTML" });
});

/** On a phone the button of the folded filters leads to the results. */
document.addEventListener("submit", (event) => {
  const folded = event.submitter?.closest<HTMLDetailsElement>("#listing-form details.listing-filters");
  if (!folded || !NARROW.matches) return;
  document.addEventListener(
    "htmx:afterSettle",
    () => {
      folded.open = false;
      const sentence = document.getElementById("listing-sentence");
      sentence?.focus();
      sentence?.scrollIntoView({ block: "start" });
    },
    { once: true },
  );
});

/** Folded choices close with Escape, and when somebody goes elsewhere. */
function closeMenus(kept: EventTarget | null, focus: boolean): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]")) {
    if (kept instanceof Node && menu.contains(kept) !== focus) continue;
    menu.open = false;
    if (focus) menu.querySelector("summary")?.focus();
  }
}

// On a phone they stand in the flow: closing one would push away what is being pressed.
document.addEventListener("pointerdown", (event) => NARROW.matches || closeMenus(event.target, false));
document.addEventListener("keydown", (event) => event.key === "Escape" && closeMenus(event.target, true));
