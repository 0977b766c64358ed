/** Elements in one line each, and words with what stands in them. */

export type Words = Record<string, string> & { refused?: Record<string, string> };

type Attributes = Record<string, string | number | boolean | undefined>;

export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes?: Attributes,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name];
export function el(name: string, attributes?: Attributes, ...children: (Node | string)[]): HTMLElement;
export function el(name: string, attributes: Attributes = {}, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, String(value));
  }
  made.append(...children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(name: string, attributes: Attributes, ...children: Node[]): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, String(value));
  }
  made.append(...children);
  return made;
}

/** `say(words, "where", {n: 3, of: 7})`: «3 di 7». */
export function say(words: Words, key: string, values: Record<string, string | number> = {}): string {
  let said = words[key] ?? "";
  for (const [name, value] of Object.entries(values)) said = said.replaceAll(`{${name}}`, String(value));
  return said;
}

/** One or several: `count(words, "one_up", "ups", 3)`. */
export function count(words: Words, one: string, many: string, n: number): string {
  return n === 1 ? say(words, one) : say(words, many, { n });
}

/** Replaces what is in an element only when `key` is another than before: what has the focus stays. */
export function fill(host: Element, key: string, make: () => (Node | string)[]): boolean {
  if (host.getAttribute("data-made") === key) return false;
  host.setAttribute("data-made", key);
  host.replaceChildren(...make());
  return true;
}

/** Text of an element, touched only when it is another. */
export function text(host: Element | null | undefined, words: string): void {
  if (host && host.textContent !== words) host.textContent = words;
}
