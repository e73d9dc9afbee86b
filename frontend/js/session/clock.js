// The page's clock: this device's, corrected by what the server said last.
import { clock, span } from "../ages.js";

let ahead = 0;
let zone = "UTC";

export function useZone(name) {
  zone = name;
}

// The server said `serverTime` at the latest when its answer came: this clock is never ahead of it.
export function correct(serverTime, answered) {
  ahead = Date.parse(serverTime) - answered;
}

// The page itself is the first answer: what is entered before the next one has the right time too,
// on a device whose own clock is wrong.
export function correctFrom(page) {
  const [loaded] = performance.getEntriesByType("navigation");
  correct(page.dataset.now, loaded ? performance.timeOrigin + loaded.responseStart : Date.now());
}

export function now() {
  return Date.now() + ahead;
}

export function clockTime(moment) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "short" }).format(moment);
}

// What the clinic's wall clock showed at `moment`, as a form field writes it: 2026-03-02T10:00.
export function wallTime(moment) {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
  }).format(moment);
  return parts.replace(" ", "T");
}

// The moment at which the clinic's wall clock showed `wall`.
export function atWallTime(wall) {
  const asUtc = Date.parse(`${wall}Z`);
  const offset = (moment) => Date.parse(`${wallTime(moment)}Z`) - Math.floor(moment / 60000) * 60000;
  const guess = asUtc - offset(asUtc);
  return asUtc - offset(guess);
}

// <time data-since>: how long ago. <time data-due>: how long until, or how late.
// <span data-elapsed>: infusing time so far, running on while data-running stands there.
export function keepTime() {
  const moment = now();
  for (const element of document.querySelectorAll("time[data-since]")) {
    const seconds = Math.max(0, Math.round((moment - Date.parse(element.dateTime)) / 1000));
    write(element, `${span(seconds)} ago`);
  }
  for (const element of document.querySelectorAll("time[data-due]")) {
    const seconds = Math.round((Date.parse(element.dateTime) - moment) / 1000);
    write(element, seconds >= 0 ? `in ${clock(seconds)}` : `${clock(-seconds)} late`);
  }
  for (const element of document.querySelectorAll("[data-elapsed]")) {
    const running = "running" in element.dataset;
    const since = running ? (moment - Date.parse(element.dataset.at)) / 1000 : 0;
    write(element, clock(Number(element.dataset.elapsed) + since));
  }
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
