// Keeps the page as the server sees the session: on every hint, when a check falls due, and at
// least every 15 seconds. Says so when the server has been silent for 20.
import { follow } from "../live.js";
import { correct, now } from "./clock.js";
import { fingerLifted } from "./finger.js";
import { heardFromServer } from "./sending.js";

const AT_LEAST = 15000;
const SILENCE = 20000;
const PATIENCE = 8000;
const BACKGROUND = { headers: { "X-Mooring-Background": "1" }, redirect: "manual" };

let addresses = null;
let drawn = () => {};
let lastNews = Date.now();
let fetching = false;
let again = false;
let wake = null;
const seen = new Map();

export function startFollowing({ topic, live, chart, onDrawn }) {
  addresses = { live, chart };
  drawn = onDrawn;
  follow(topic, refetch);
  setInterval(refetch, AT_LEAST);
  addEventListener("mooring:unlocked", refetch);
  document.addEventListener("visibilitychange", () => document.hidden || refetch());
  return refetch();
}

export function silentSince() {
  return Date.now() - lastNews > SILENCE ? lastNews : null;
}

export async function refetch() {
  if (fetching) {
    again = true;
    return;
  }
  fetching = true;
  try {
    await once();
  } catch {
    // No answer: silentSince() tells, and the next round asks again.
  }
  fetching = false;
  if (again) {
    again = false;
    refetch();
  }
}

async function once() {
  const [page, chart] = await Promise.all([get(addresses.live), get(addresses.chart)]);
  lastNews = Date.now();
  const parts = new DOMParser().parseFromString(await page.text(), "text/html");
  const state = parts.querySelector("[data-now]").dataset;
  Object.assign(document.getElementById("live").dataset, state);
  correct(state.now, lastNews);
  heardFromServer();
  await fingerLifted();
  for (const part of parts.querySelectorAll("[data-part]")) swap(part);
  wakeAt(state.wake);
  drawn(state, await chart.json());
}

async function get(address) {
  const response = await fetch(address, { ...BACKGROUND, signal: AbortSignal.timeout(PATIENCE) });
  // Locked meanwhile, or signed out: the page must not go on showing the patient.
  if (response.status === 401) dispatchEvent(new CustomEvent("mooring:locked"));
  if (response.type === "opaqueredirect") location.reload();
  if (!response.ok) throw new Error(`${response.status}`);
  return response;
}

// Replaces a part only when it says something else, so that no tap falls between two copies.
function swap(part) {
  const name = part.dataset.part;
  const text = withoutAges(part);
  if (seen.get(name) === text) return;
  seen.set(name, text);
  const place = document.querySelector(`[data-part="${name}"]`);
  const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
  const folds = [...place.querySelectorAll("details[id]")].map(({ id, open }) => [id, open]);
  place.replaceWith(part);
  for (const [id, open] of folds) document.getElementById(id)?.toggleAttribute("open", open);
  if (focused) document.getElementById(focused)?.focus();
}

function withoutAges(part) {
  const copy = part.cloneNode(true);
  for (const age of copy.querySelectorAll("[data-since], [data-due]")) age.textContent = "";
  for (const elapsed of copy.querySelectorAll("[data-elapsed][data-running]")) {
    elapsed.textContent = "";
    elapsed.removeAttribute("data-at");
    elapsed.removeAttribute("data-elapsed");
  }
  return copy.innerHTML;
}

function wakeAt(moment) {
  clearTimeout(wake);
  if (!moment) return;
  wake = setTimeout(refetch, Math.max(500, Date.parse(moment) - now() + 300));
}
