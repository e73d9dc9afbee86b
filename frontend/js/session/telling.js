// The footer: what is sent, what waits, what was refused, and whether the server is there.
import { span } from "../ages.js";
import { reveal } from "../refusal.js";
import { showHeld } from "./held.js";
import { dealtWith, tryAgain } from "./sending.js";
import { showSigning } from "./signing.js";

let shown = "";
let known = new Set();

export function tell({ sending, silent, limits, clockTime, inWords }) {
  const waiting = sending.waiting.filter((entry) => !entry.refused);
  const refused = sending.waiting.filter((entry) => entry.refused);
  write("sent", sentence(sending, waiting.length, clockTime));
  showAlone(silent ?? (waiting.length ? sending.aloneSince : null), limits, clockTime);
  const list = JSON.stringify([waiting, refused]);
  if (list === shown) return;
  shown = list;
  document.getElementById("waiting").replaceChildren(
    ...waiting.map((entry) => line(entry, "Waiting", [], clockTime, inWords)),
    ...refused.map((entry) => line(entry, notTaken(entry), entry.refused, clockTime, inWords)),
  );
  const fresh = refused.some((entry) => !known.has(entry.id));
  known = new Set(refused.map((entry) => entry.id));
  // Not over a panel in which somebody types, nor under the cover.
  if (fresh && !document.querySelector("dialog[open]")) {
    reveal(document.getElementById("waiting").children[waiting.length]);
  }
}

function sentence(sending, count, clockTime) {
  if (sending.blocked === "sign in") return `Sign in again to send · ${count} waiting`;
  if (sending.blocked === "someone else") return `Entered by someone else here · ${count} waiting`;
  if (sending.aloneSince) return `On its own since ${clockTime(sending.aloneSince)} · ${count} waiting`;
  if (count) return `Sending · ${count} waiting`;
  if (sending.sentAt === null) return "All sent";
  return `Saved ${span(Math.round((Date.now() - sending.sentAt) / 1000))} ago · all sent`;
}

// Without the server no rule is run: say so, with the numbers to watch. On a phone these open from
// the line, so that the newest values keep their place.
function showAlone(since, limits, clockTime) {
  const banner = document.getElementById("alone");
  if (since === null) {
    banner.hidden = true;
    return;
  }
  if (banner.hidden) banner.querySelector("details").open = innerWidth > 600;
  banner.hidden = false;
  write("alone-says", `No news from the server since ${clockTime(since)}: no rule is checked here`);
  const watch = limits.map((limit) => limit.words).join(", ");
  write("alone-watch", watch && `Until it is back watch for ${watch}.`);
}

function line(entry, state, reasons, clockTime, inWords) {
  const item = document.createElement("li");
  const at = clockTime(Date.parse(entry.effective_at));
  item.append(`${state}: ${at} ${inWords(entry.content)}${reasons.length ? ". " : ""}${reasons.map(sentenceOf).join(" ")} `);
  if (reasons.length) {
    if (entry.held?.prove) item.append(button("Sign", () => showSigning(entry)));
    else if (entry.held) item.append(button("Look at it", () => showHeld(entry)));
    item.append(button("Try again", () => tryAgain(entry)));
    item.append(button("Remove from this device", () => dealtWith(entry.place)));
  }
  return item;
}

function notTaken(entry) {
  return entry.held?.prove ? "To be signed" : "Not taken";
}

function sentenceOf(reason) {
  return reason.endsWith(".") ? reason : `${reason}.`;
}

function button(label, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-quiet";
  made.textContent = label;
  made.addEventListener("click", action);
  return made;
}

function write(id, text) {
  const place = document.getElementById(id);
  if (place.textContent !== text) place.textContent = text;
}
