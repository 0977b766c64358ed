/** Small conveniences, each attached by one data- attribute; without script the page loses nothing it needs. */

type Attach = (element: HTMLElement) => unknown;

const attachments: Record<string, Attach> = {
  "[data-copy]": copy,
  "form[data-confirm]": confirmForm,
  "details[data-keep]": keepOpen,
  "[data-submit-on-change]": submitOnChange,
  "textarea[maxlength][data-count]": countLetters,
  "[data-print]": (button) => reveal(button, () => window.print()),
  "input[data-from-fragment]": fromFragment,
  "[data-focus]": (element) => element.focus(),
  "[data-focus-if-lost]": (element) => document.activeElement === document.body && element.focus(),
};

export function behaviours(root: ParentNode): void {
  for (const [selector, attach] of Object.entries(attachments)) {
    for (const element of root.querySelectorAll<HTMLElement>(selector)) {
      if (element.dataset.joined === "") continue;
      element.dataset.joined = "";
      attach(element);
    }
  }
}

/** A button that only works with script is `hidden` in the page and shown here. */
function reveal(button: HTMLElement, onClick: () => unknown): void {
  button.hidden = false;
  button.addEventListener("click", onClick);
}

/** A code in the fragment of the address, which no server sees, is written in the field and leaves the address. */
function fromFragment(input: HTMLElement): void {
  const told = location.hash.slice(1);
  if (!(input instanceof HTMLInputElement) || input.value || !/^[\w ]{10,14}$/.test(told)) return;
  input.value = told;
  history.replaceState(null, "", location.pathname);
}

/** `data-copy="text"` and `data-done="Copied"`: copies the text and says so to everybody. */
function copy(button: HTMLElement): void {
  reveal(button, async () => {
    await navigator.clipboard.writeText(button.dataset.copy ?? "");
    const done = document.createElement("span");
    done.setAttribute("role", "status");
    done.textContent = button.dataset.done ?? "";
    button.querySelector("[role=status]")?.remove();
    button.append(done);
  });
}

/** `data-confirm="dialog-id"`: asks in the page's own dialog before the form is sent. */
function confirmForm(form: HTMLElement): void {
  const dialog = document.getElementById(form.dataset.confirm ?? "");
  if (!(form instanceof HTMLFormElement) || !(dialog instanceof HTMLDialogElement)) return;
  let agreed = false;
  form.addEventListener("submit", (event) => {
    if (agreed) return;
    event.preventDefault();
    const submitter = event.submitter;
    dialog.addEventListener(
      "close",
      () => {
        agreed = dialog.returnValue === "yes";
        if (agreed) form.requestSubmit(submitter);
      },
      { once: true },
    );
    dialog.returnValue = "";
    dialog.showModal();
  });
}

/** `data-keep="name"`: what somebody opened stays open on the next page of this visit. */
function keepOpen(element: HTMLElement): void {
  if (!(element instanceof HTMLDetailsElement)) return;
  const key = `open:${element.dataset.keep}`;
  const kept = sessionStorage.getItem(key);
  if (kept !== null) element.open = kept === "yes";
  element.addEventListener("toggle", () => sessionStorage.setItem(key, element.open ? "yes" : "no"));
}

/** Filters send themselves; their button stays for who has no script. */
function submitOnChange(form: HTMLElement): void {
  if (form instanceof HTMLFormElement) form.addEventListener("change", () => form.requestSubmit());
}

/** `data-count="{n} letters left"`: says how much room is left. */
function countLetters(element: HTMLElement): void {
  if (!(element instanceof HTMLTextAreaElement)) return;
  const note = document.createElement("p");
  note.className = "form-text";
  const say = () => {
    note.textContent = (element.dataset.count ?? "").replace(
      "{n}",
      `${element.maxLength - element.value.length}`,
    );
  };
  element.after(note);
  element.addEventListener("input", say);
  say();
}
