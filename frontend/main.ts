import { behaviours } from "./behaviours.ts";
import { islands } from "./islands.ts";
import "./listing.ts";
import "./request.ts";

/** Pages work without any of this; each part joins what is on the page, and what arrives later. */
function join(root: ParentNode): void {
  behaviours(root);
  void islands(root);
}

join(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target instanceof Element && event.target !== document.body) join(event.target);
});
