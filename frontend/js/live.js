// Follows one topic of the server's event stream. A hint carries no data: it says "look again".
const AGAIN_AFTER = 3000;
const SILENCE = 30000;

/**
 * @param {string} topic for example "today" or "session:<uuid>"
 * @param {() => void} onHint called each time the line opens, and at every change
 * @returns {{silentSeconds: () => number, close: () => void}}
 */
export function follow(topic, onHint) {
  let heard = Date.now();
  let source = null;
  const hear = () => {
    heard = Date.now();
  };
  const connect = () => {
    source?.close();
    source = new EventSource(`/live/?topic=${encodeURIComponent(topic)}`);
    source.addEventListener("beat", hear);
    source.addEventListener("hint", () => {
      hear();
      onHint();
    });
  };
  connect();
  // The browser comes back by itself after a break, but not after a refusal (locked, signed out),
  // nor when the line died without a word: the server beats every 10 seconds.
  const watch = setInterval(() => {
    const dead = Date.now() - heard > SILENCE && source.readyState === EventSource.OPEN;
    if (source.readyState === EventSource.CLOSED || dead) connect();
  }, AGAIN_AFTER);
  const close = () => {
    clearInterval(watch);
    source.close();
  };
  addEventListener("pagehide", close, { once: true });
  return { silentSeconds: () => Math.round((Date.now() - heard) / 1000), close };
}
