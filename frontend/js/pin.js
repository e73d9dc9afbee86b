// A bedside PIN on this device: what it takes to tell the right one without the server. It is kept
// in this page's memory only, and goes with the page. Wrong ones are counted here as they are there.
const CHECK = "/bedside-pin/check/";
const MOST_WRONG = 3;
const BACKGROUND = { headers: { "X-Mooring-Background": "1" }, redirect: "manual" };

let check = null;
let wrong = 0;

// Only a bedside page has to open without the server.
export async function learnPin() {
  if (!document.getElementById("live") || !crypto.subtle) return;
  try {
    const answer = await fetch(CHECK, BACKGROUND);
    if (answer.status === 200) check = await answer.json();
    else if (answer.status !== 401) check = null;
  } catch {
    // No network: what was learned before still counts.
  }
}

export function keepPinCheck() {
  learnPin();
  addEventListener("mooring:unlocked", () => {
    wrong = 0;
    learnPin();
  });
  addEventListener("pagehide", () => (check = null));
  addEventListener("pageshow", (event) => event.persisted && learnPin());
}

// Whether this page can be opened without the server: "no" has no PIN, "closed" had too many wrong.
export function alone() {
  if (check === null) return "no";
  return wrong >= MOST_WRONG ? "closed" : "yes";
}

export async function opensAlone(pin) {
  if (alone() !== "yes") return false;
  const right = (await digits(pin, check)) === check.digits;
  if (!right) wrong += 1;
  return right;
}

async function digits(pin, { salt, rounds, digits: { length } }) {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: rounds };
  const slow = new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
  return [...slow].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, length);
}

function bytes(hex) {
  return new Uint8Array(hex.match(/../g).map((pair) => parseInt(pair, 16)));
}
