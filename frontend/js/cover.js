// The cover: hides the whole page until the person who signed in gives their PIN or the password.
// What was typed stays where it is. Rooms that call are told, without a name.
import { ask } from "./asking.js";
import { followRooms } from "./calling.js";
import { alone, opensAlone } from "./pin.js";

const WAIT = "It was wrong too often. Wait 15 minutes, or sign out and ask the owner.";
const WRONG_PIN = "That PIN does not match. Type it again.";
const AWAY = {
  elsewhere: "No connection to the server. This page opens once it is back.",
  yes: "No connection to the server. Your bedside PIN opens this page; what you enter waits on this device.",
  no: "No connection to the server, and no bedside PIN that this device can check. This page opens once the server is back.",
  closed: "No connection to the server, and the PIN was wrong three times. This page opens once the server is back.",
};

let dialog = null;
let title = "";
let unfollow = () => {};

export function covered() {
  return dialog !== null;
}

export function cover() {
  if (dialog) return;
  title = document.title;
  document.title = "Locked";
  document.documentElement.classList.add("is-locked");
  dialog = draw();
  document.body.append(dialog);
  dialog.showModal();
  choose(dialog.dataset.pin === "yes" ? "pin" : "password");
  const { callingUrl } = dialog.dataset;
  if (callingUrl) unfollow = followRooms(part(".attention"), callingUrl, connection);
}

export function uncoverIfOpen() {
  if (dialog) uncover();
}

function uncover() {
  unfollow();
  unfollow = () => {};
  const open = dialog;
  dialog = null;
  open.remove();
  document.documentElement.classList.remove("is-locked");
  document.title = title;
  dispatchEvent(new CustomEvent("mooring:unlocked"));
}

function draw() {
  const made = document.getElementById("cover").content.firstElementChild.cloneNode(true);
  // Browsers close a dialog on the second Escape whatever the page says; this one opens again.
  made.addEventListener("cancel", (event) => event.preventDefault());
  made.addEventListener("close", () => covered() && made.showModal());
  made.querySelector(".by-pin").addEventListener("submit", (event) => submitted(event, "pin"));
  made.querySelector(".by-password").addEventListener("submit", (event) => submitted(event, "password"));
  made.querySelector("#cover-pin").addEventListener("input", figures);
  made.addEventListener("click", clicked);
  return made;
}

function clicked({ target }) {
  const other = target.closest("[data-other]");
  const key = target.closest(".keys [value]");
  if (other) choose(other.dataset.other);
  if (key) press(key.value);
}

function press(key) {
  const field = part("#cover-pin");
  field.value = key === "back" ? field.value.slice(0, -1) : field.value + key;
  figures();
}

// The sixth figure sends.
function figures() {
  const field = part("#cover-pin");
  field.value = field.value.replace(/\D/g, "").slice(0, field.maxLength);
  if (field.value.length === field.maxLength) part(".by-pin").requestSubmit();
}

function choose(way) {
  part(".by-pin").hidden = way !== "pin";
  part(".by-password").hidden = way !== "password";
  part("[data-other=pin]").hidden = dialog.dataset.pin !== "yes";
  // A finger needs the keys on the screen, not the keyboard over them.
  if (way === "password" || matchMedia("(pointer: fine)").matches) part(`#cover-${way}`).focus();
}

async function submitted(event, way) {
  event.preventDefault();
  const field = part(`#cover-${way}`);
  const said = field.value;
  field.value = "";
  let answer;
  try {
    answer = await ask("/unlock/", { background: true, fields: { [way]: said } });
  } catch {
    answer = null;
  }
  if (!covered()) return;
  if (answer === null || answer.status >= 500) await withoutServer(way, said);
  else if (answer.status === 204) uncover();
  else if (answer.type === "opaqueredirect") location.reload();
  else await refused(answer);
}

async function refused(answer) {
  if (answer.headers.get("X-Mooring-Pin") === "closed") {
    dialog.dataset.pin = "closed";
    choose("password");
  }
  say(".refusal", answer.status === 429 ? WAIT : await answer.text());
}

// In a running session the patient comes first: the right PIN opens a bedside page without the
// server, which asks again when it is back.
async function withoutServer(way, said) {
  connection(false);
  if (way === "password") return;
  const before = alone();
  if (await opensAlone(said)) uncover();
  else if (before === "yes") say(".refusal", WRONG_PIN);
  if (covered()) connection(false);
}

function connection(there) {
  const state = document.getElementById("live") ? alone() : "elsewhere";
  for (const told of dialog.querySelectorAll(".away")) told.hidden = there;
  if (!there) say(".banner.away", AWAY[state]);
}

function say(place, words) {
  const box = part(place);
  if (box.textContent !== words) box.textContent = words;
  box.hidden = false;
}

function part(selector) {
  return dialog.querySelector(selector);
}
