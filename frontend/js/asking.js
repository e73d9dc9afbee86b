// Sends a form to the server from script, as this person's browser.
import { cookie } from "./cookies.js";

export function ask(address, { background = false, fields = {} } = {}) {
  return fetch(address, {
    method: "POST",
    redirect: "manual",
    // Leaving the page at once must not stop a lock on its way.
    keepalive: true,
    body: new URLSearchParams(fields),
    headers: {
      "X-CSRFToken": csrfToken(),
      ...(background ? { "X-Mooring-Background": "1" } : {}),
    },
  });
}

export function csrfToken() {
  return cookie("csrftoken");
}
