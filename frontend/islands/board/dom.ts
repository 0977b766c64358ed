type Attributes = Record<string, string | number | boolean | undefined>;
type Child = Node | string | undefined | false;

/** An element with its class, attributes (`true` is an empty one, `false` and undefined none) and what is inside. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  css = "",
  attributes: Attributes = {},
  ...inside: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (css) made.className = css;
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  made.append(...inside.filter((one): one is Node | string => one !== undefined && one !== false));
  return made;
}

/** A text for screen readers alone. */
export const aloud = (text: string) => el("span", "visually-hidden", {}, text);

/** Write only what is not there already: what is the same costs nothing. */
export function write(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** The children of a parent, in this order and no others; what stays in its place is not touched. */
export function arrange(parent: Element, wanted: readonly Element[]): void {
  const stays = new Set(wanted);
  for (const one of [...parent.children]) if (!stays.has(one)) one.remove();
  let at = parent.firstElementChild;
  for (const one of wanted) {
    if (one === at) at = at.nextElementSibling;
    else put(parent, one, at);
  }
}

/** Where the browser can, an element moves without losing the focus. */
function put(parent: Element, one: Element, before: Element | null): void {
  const mover = parent as Element & { moveBefore?: (node: Node, before: Node | null) => void };
  if (mover.moveBefore && one.isConnected && one.ownerDocument === parent.ownerDocument)
    mover.moveBefore(one, before);
  else parent.insertBefore(one, before);
}

let last = 0;
/** An id that no other element of the page has. */
export const uniqueId = (what: string) => `board-${what}-${++last}`;
