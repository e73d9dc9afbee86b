// The cover: hides the whole page until the person who signed in gives the password again.
// What was typed stays where it is. A session that needs attention is told without a name.
import { ask } from "./asking.js";
import { follow } from "./live.js";

const WRONG = "That password does not match. Type it again.";
const WAIT = "The password was wrong too often. Wait 15 minutes, or sign out and ask the owner.";
const ALONE = "No connection to the server.";
const ATTENTION = "A session needs attention";

let dialog = null;
let title = "";
let line = null;

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
  line = follow("attention", () => say(".attention", ATTENTION));
}

export function uncoverIfOpen() {
  if (dialog) uncover();
}

function uncover() {
  line.close();
  const open = dialog;
  dialog = null;
  open.remove();
  document.documentElement.classList.remove("is-locked");
  document.title = title;
  dispatchEvent(new CustomEvent("mooring:unlocked"));
}

function draw() {
  const made = document.createElement("dialog");
  made.className = "cover";
  made.setAttribute("aria-labelledby", "cover-title");
  made.innerHTML = `
    <form>
      <h1 class="h2" id="cover-title">This screen is locked</h1>
      <p class="banner stop attention" role="alert" hidden></p>
      <p class="banner caution refusal" role="alert" hidden></p>
      <label class="form-label" for="cover-password">Password</label>
      <input class="form-control mb-4" id="cover-password" type="password"
        autocomplete="current-password" required autofocus>
      <button class="btn btn-primary w-100">Unlock</button>
      <button class="btn btn-quiet w-100 mt-3" type="button" hidden>Go on at the bedside</button>
    </form>`;
  // Browsers close a dialog on the second Escape whatever the page says; this one opens again.
  made.addEventListener("cancel", (event) => event.preventDefault());
  made.addEventListener("close", () => covered() && made.showModal());
  made.querySelector("form").addEventListener("submit", unlock);
  made.querySelector("[type=button]").addEventListener("click", uncover);
  return made;
}

async function unlock(event) {
  event.preventDefault();
  const field = dialog.querySelector("input");
  const password = field.value;
  field.value = "";
  field.focus();
  let answer;
  try {
    answer = await ask("/unlock/", { background: true, fields: { password } });
  } catch {
    alone();
    return;
  }
  if (answer.status === 204) uncover();
  else if (answer.type === "opaqueredirect") location.reload();
  else say(".refusal", answer.status === 429 ? WAIT : WRONG);
}

// Nobody can be asked for a password while the server is away. In a running session the patient
// comes first: the page may be opened to go on recording; the server asks when it is back.
function alone() {
  say(".refusal", ALONE);
  dialog.querySelector("[type=button]").hidden = !document.getElementById("live");
}

function say(place, words) {
  const box = dialog.querySelector(place);
  box.textContent = words;
  box.hidden = false;
}
