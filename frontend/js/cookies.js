// Cookies that the page reads and writes. Over TLS their names carry a prefix that holds them to this
// host, and they travel over TLS only; see COOKIE_PREFIX in mooring/clinic/settings.py.
const TLS = location.protocol === "https:";

export function cookie(name) {
  for (const part of document.cookie.split("; ")) {
    const [named, ...value] = part.split("=");
    if (named.replace(/^__Host-/, "") === name) return value.join("=");
  }
  return "";
}

export function keepCookie(name, value, seconds) {
  const held = TLS ? "; secure" : "";
  document.cookie = `${TLS ? "__Host-" : ""}${name}=${value}; path=/; max-age=${seconds}; samesite=lax${held}`;
}
