// Sends a form to the server from script, as this person's browser.
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
  // Behind TLS the name has a prefix that holds it to this host; see mooring/clinic/settings.py.
  const named = /^(?:__Host-)?csrftoken=/;
  const cookie = document.cookie.split("; ").find((part) => named.test(part));
  return cookie?.replace(named, "") ?? "";
}
