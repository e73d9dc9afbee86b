// Covers the page after a time without a touch, and tells the server when somebody is there.
// What the page fetches by itself is no touch.
import { cover, covered, uncoverIfOpen } from "./cover.js";
import { ask } from "./asking.js";

const LOOK_EVERY = 1000;
const TELL_EVERY = 60000;
const TOUCHES = ["pointerdown", "keydown", "wheel", "touchmove"];
const KEY = "mooring-touched";

export function watchIdle() {
  const { idleSeconds, lockUrl } = document.body.dataset;
  if (!idleSeconds || "locked" in document.body.dataset) return;
  let told = Date.now();
  remember();

  for (const touch of TOUCHES) {
    addEventListener(touch, () => covered() || remember(), { passive: true, capture: true });
  }
  for (const form of document.querySelectorAll(`form[action="${lockUrl}"]`)) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      lock(lockUrl);
    });
  }
  setInterval(() => {
    if (covered()) return;
    if (Date.now() - touched() > idleSeconds * 1000) lock(lockUrl);
    else if (touched() > told && Date.now() - told > TELL_EVERY) {
      told = Date.now();
      tell();
    }
  }, LOOK_EVERY);
  // Whoever opened the cover is there: their time starts anew.
  addEventListener("mooring:unlocked", remember);
  // Another script on the page heard from the server that the session is locked.
  addEventListener("mooring:locked", cover);
  // A page taken from the browser's memory may be older than the lock.
  addEventListener("pageshow", (event) => event.persisted && tell());
}

function lock(address) {
  cover();
  tellLocked(address);
}

// Without the server the page is covered all the same; the server is told once it is there again.
function tellLocked(address) {
  ask(address, { background: true }).catch(() => {
    addEventListener("online", () => covered() && tellLocked(address), { once: true });
  });
}

async function tell() {
  // Only a question asked from under the cover may lift it: an answer still on its way when the
  // page was locked knows nothing of the lock.
  const asked = covered();
  try {
    const answer = await ask("/touch/");
    if (answer.status === 401) cover();
    else if (answer.type === "opaqueredirect") location.reload();
    else if (asked) uncoverIfOpen();
  } catch {
    // No connection: the page's own clock goes on.
  }
}

// All pages of one browser share the last touch, so that an unused one does not lock the others.
function remember() {
  try {
    localStorage.setItem(KEY, String(Date.now()));
  } catch {
    fallback = Date.now();
  }
}

let fallback = Date.now();

function touched() {
  try {
    return Number(localStorage.getItem(KEY) ?? fallback);
  } catch {
    return fallback;
  }
}
