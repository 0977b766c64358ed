/**
 * Makes what is on the page into what the server sent, and leaves alone what a person is doing meanwhile: the focus,
 * what they typed or ticked, what they opened. Elements with an id are recognised wherever they moved among their
 * siblings; what stands in an element with `data-kept` is the script's own.
 */

const touched = new WeakSet<Element>();

/** Remember which fields somebody changed, below `root`. */
export function minding(root: HTMLElement, signal: AbortSignal): void {
  root.addEventListener("input", ({ target }) => target instanceof Element && touched.add(target), {
    signal,
  });
}

/** What was sent is no longer somebody's own. */
export function forget(form: HTMLFormElement): void {
  for (const field of form.elements) touched.delete(field);
  form.reset();
}

export function morph(from: Element, to: Element): void {
  if (from instanceof HTMLElement && from.dataset.kept !== undefined) return;
  sameAttributes(from, to);
  if (from instanceof HTMLTextAreaElement) {
    if (free(from)) from.value = to.textContent ?? "";
    return;
  }
  sameChildren(from, to);
  if (from instanceof HTMLSelectElement && to instanceof HTMLSelectElement && free(from))
    from.value = to.value;
}

const free = (field: Element) => !touched.has(field) && field !== document.activeElement;

function sameAttributes(from: Element, to: Element): void {
  const open = from instanceof HTMLDetailsElement;
  for (const { name } of [...from.attributes])
    if (!to.hasAttribute(name) && !(open && name === "open") && name !== "data-joined")
      from.removeAttribute(name);
  for (const { name, value } of [...to.attributes])
    if (from.getAttribute(name) !== value && !(open && name === "open")) from.setAttribute(name, value);
  if (!(from instanceof HTMLInputElement) || !(to instanceof HTMLInputElement)) return;
  if (from.type === "hidden" || free(from)) {
    from.value = to.value;
    from.checked = to.checked;
  }
}

/** Make what an element holds into what another one holds; its own attributes stay. */
export function sameChildren(from: Element, to: Element): void {
  const known = new Map<string, Element>();
  for (const child of from.children) if (child.id) known.set(child.id, child);
  let at = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const found = like(at, wanted, known);
    if (found === null) {
      from.insertBefore(wanted, at);
      continue;
    }
    if (found === at) at = at.nextSibling;
    else from.insertBefore(found, at);
    if (found instanceof Element && wanted instanceof Element) morph(found, wanted);
    else if (found.nodeValue !== wanted.nodeValue) found.nodeValue = wanted.nodeValue;
  }
  while (at !== null) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

/** What stands on the page for a node that is wanted: the element of its id, or the next one of its sort. */
function like(at: ChildNode | null, wanted: ChildNode, known: Map<string, Element>): ChildNode | null {
  if (wanted instanceof Element && wanted.id) {
    const found = known.get(wanted.id);
    return found?.tagName === wanted.tagName ? found : null;
  }
  if (at === null || at.nodeType !== wanted.nodeType) return null;
  if (!(at instanceof Element) || !(wanted instanceof Element)) return at;
  return at.id === "" && at.tagName === wanted.tagName ? at : null;
}
