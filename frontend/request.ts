import htmx from "htmx.org";

// The content security policy forbids eval and inline styles, so htmx must not need them.
Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  defaultSettleDelay: 0,
});

// Django's token travels as a header; forms carry their own field as well.
document.addEventListener("htmx:configRequest", (event) => {
  const detail = (event as CustomEvent<{ verb: string; headers: Record<string, string> }>).detail;
  const token = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value;
  if (detail.verb !== "get" && token) detail.headers["X-CSRFToken"] = token;
});
