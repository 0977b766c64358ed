import { behaviours } from "./behaviours.ts";
import { islands } from "./islands.ts";

/** Pages in a hand or on a wall: no htmx, which a phone on a slow network would wait for. */
function join(): void {
  behaviours(document);
  void islands(document);
}

/** Fine letters where the network is good; on a slow one answers go first, in the letters of the phone. */
function letters(): void {
  const { connection } = navigator as Navigator & {
    connection?: { effectiveType?: string; saveData?: boolean };
  };
  const good = (connection?.effectiveType ?? "4g") === "4g" && !connection?.saveData;
  document.documentElement.classList.toggle("lettered", good);
}

letters();
addEventListener("popstate", () => location.reload());
addEventListener("page:placed", join); // see in-place.ts, which may have been quicker than this
join();
