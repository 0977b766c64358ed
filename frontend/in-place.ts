/**
 * `data-in-place`: the page that follows comes with the answer to the form, one way through the network instead of
 * two. This script stands in the page itself, for whoever may go on before any other has come. Whatever goes wrong,
 * the form is sent as forms are: its key counts it once.
 */
addEventListener("submit", async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset.inPlace === undefined) return;
  event.preventDefault();
  const button = form.querySelector<HTMLButtonElement>("button");
  if (button?.getAttribute("aria-disabled") === "true") return;
  button?.setAttribute("aria-disabled", "true");
  try {
    const headers = { "X-In-Place": "yes" };
    const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    document.title = page.title;
    document.body.className = page.body.className;
    document.body.replaceChildren(...page.body.childNodes);
    const address = response.headers.get("Content-Location");
    if (address) history.pushState(null, "", address);
    scrollTo(0, 0);
    dispatchEvent(new Event("page:placed"));
    document.getElementById("content")?.focus();
  } catch {
    form.submit();
  }
});
