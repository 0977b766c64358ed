import type { Row } from "./marks.ts";

/**
 * `<cantiere-map data-points="…" data-ground="…">`: what is inside stands until the map is there, and for good where
 * it does not come. Nothing is loaded while the map is folded away. `data-follows` names the element whose
 * `data-points-url` says where the points of the list shown are.
 */
class MapElement extends HTMLElement {
  #stop = new AbortController();
  #show: ((rows: Row[]) => void) | undefined;
  #address = "";

  connectedCallback(): void {
    this.#stop = new AbortController();
    const watch = new ResizeObserver(() => {
      if (this.clientWidth === 0 || this.#address !== "") return;
      watch.disconnect();
      void this.#start();
    });
    watch.observe(this);
    this.#stop.signal.addEventListener("abort", () => watch.disconnect());
    document.addEventListener("htmx:load", () => this.#follow(), { signal: this.#stop.signal });
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  async #start(): Promise<void> {
    this.#address = this.#wanted();
    try {
      // All three at once: the code, the points, the ground; the marks wait for no ground.
      const ground = this.dataset.ground ? read<GeoJSON.GeoJsonObject>(this.dataset.ground) : undefined;
      ground?.catch(() => undefined); // heard below, when the marks stand
      const [{ chart }, rows] = await Promise.all([
        import("./chart.ts"),
        read<{ points: Row[] }>(this.#address),
      ]);
      if (!this.isConnected) return;
      const drawn = chart(this, rows.points, this.#stop.signal);
      this.#show = drawn.show;
      this.#follow();
      if (ground) drawn.lay(await ground);
    } catch {
      this.#fail();
    }
  }

  /** The list shows other things now: so does the map. */
  #follow(): void {
    const wanted = this.#wanted();
    if (this.#show === undefined || wanted === this.#address) return;
    this.#address = wanted;
    read<{ points: Row[] }>(wanted)
      .then(({ points }) => wanted === this.#address && this.#show?.(points))
      .catch(() => this.#fail());
  }

  #wanted(): string {
    const followed = document.getElementById(this.dataset.follows ?? "");
    return followed?.dataset.pointsUrl ?? this.dataset.points ?? "";
  }

  #fail(): void {
    const said = document.createElement("p");
    said.className = "map-failed";
    said.setAttribute("role", "status");
    said.textContent = this.dataset.failed ?? "";
    this.querySelector(".map-failed")?.remove();
    this.append(said);
  }
}

async function read<Content>(address: string): Promise<Content> {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}

customElements.define("cantiere-map", MapElement);
