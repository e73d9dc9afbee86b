// Follows one topic of the server's event stream. A hint carries no data: it says "look again".

/**
 * @param {string} topic for example "today" or "session:<uuid>"
 * @param {() => void} onHint called once when the line opens, and at every change
 * @returns {{silentSeconds: () => number, close: () => void}}
 */
export function follow(topic, onHint) {
  let heard = Date.now();
  const source = new EventSource(`/live/?topic=${encodeURIComponent(topic)}`);
  source.addEventListener("hint", () => {
    heard = Date.now();
    onHint();
  });
  source.addEventListener("beat", () => {
    heard = Date.now();
  });
  addEventListener("pagehide", () => source.close(), { once: true });
  return {
    silentSeconds: () => Math.round((Date.now() - heard) / 1000),
    close: () => source.close(),
  };
}
