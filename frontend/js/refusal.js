// What was refused comes into view and is read out: on a page that answers a form, in a part of a
// page that was sent, and at the bedside.
const MESSAGES = ".banner[role=alert]:not([hidden]), .problem:not(:empty)";

export function showRefusals() {
  // A page that answers a form says so: see base.html.
  if ("answer" in document.body.dataset) reveal(document.querySelector(`#main :is(${MESSAGES})`));
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const { verb, triggeringEvent } = detail.requestConfig;
    if (verb === "post" && triggeringEvent?.type === "submit") reveal(detail.elt.querySelector(MESSAGES));
  });
}

export function reveal(message) {
  if (!message) return;
  message.tabIndex = -1;
  message.scrollIntoView({ block: "center" });
  message.focus({ preventScroll: true });
}
