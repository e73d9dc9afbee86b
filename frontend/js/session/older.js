// Fetches what the page does not carry by itself, the older entries, once somebody opens them.
const BACKGROUND = { headers: { "X-Mooring-Background": "1" }, redirect: "manual" };

export function fetchWhatIsOpened() {
  // A toggle does not bubble; the page is replaced in parts, so it is caught on the way down.
  document.addEventListener("toggle", (event) => opened(event.target), true);
}

async function opened(details) {
  const address = details.dataset?.fetch;
  if (!address || !details.open) return;
  const place = details.querySelector("[data-fetched]");
  try {
    const response = await fetch(address, BACKGROUND);
    if (!response.ok) return;
    const parts = new DOMParser().parseFromString(await response.text(), "text/html");
    place.replaceChildren(...parts.body.children);
  } catch {
    // No answer: what stands there leads to the record.
  }
}
