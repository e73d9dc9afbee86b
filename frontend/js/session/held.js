// Drug that was about to be given and that the server held: what stands against it, and the ways
// on. Another person's password goes straight to the server and is kept nowhere.
import { csrfToken } from "../asking.js";
import { inWords } from "./content.js";
import { dealtWith, standing } from "./sending.js";

let dialog = null;
let shown = null;
let page = {};

// `enter` writes an entry, `change` opens the panel of one again, `refresh` asks the server anew.
export function startHeld(hands) {
  dialog = document.getElementById("panel-held");
  if (!dialog) return;
  page = hands;
  dialog.addEventListener("submit", open);
  part("change").addEventListener("click", () => leave(() => page.change(drugOf(shown), shown)));
  part("drop").addEventListener("click", () => leave());
  part("happened").addEventListener("click", () => leave(() => page.enter(happened(shown.content), Date.parse(shown.effective_at))));
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
}

// The entry as it waits in the outbox, where the server held it.
export function heldNow(id) {
  return standing().waiting.find((entry) => entry.id === id && entry.refused && entry.held);
}

export function showHeld(entry) {
  shown = entry;
  part("about").textContent = inWords(drugOf(entry));
  part("reasons").replaceChildren(...entry.refused.map(line));
  // Their fields stand there only while they are asked for.
  const fields = dialog.querySelector("template").content.cloneNode(true);
  part("second").replaceChildren(...(entry.held.secondPerson ? fields.children : []));
  part("change").hidden = entry.content.kind === "correction";
  document.querySelector("dialog.entry[open]")?.close();
  dialog.showModal();
}

function part(name) {
  return dialog.querySelector(`[data-held-${name}]`);
}

function line(reason) {
  const item = document.createElement("li");
  const text = document.createElement("span");
  text.className = "state block";
  text.textContent = reason;
  item.append(text);
  return item;
}

function drugOf(entry) {
  return entry.content.replacement ?? entry.content;
}

function happened(content) {
  const timing = "has_happened";
  if (content.kind !== "correction") return { ...content, timing };
  return { ...content, replacement: { ...content.replacement, timing } };
}

async function leave(then = () => {}) {
  const place = shown.place;
  dialog.close();
  await dealtWith(place);
  then();
}

async function open(event) {
  event.preventDefault();
  const form = event.target;
  // The held entry's own id: sent again after a lost reply, it is stored once.
  const { id, effective_at, content } = shown;
  const body = new FormData(form);
  body.set("entry", JSON.stringify({ id, effective_at, content }));
  form.elements.second_password.value = "";
  try {
    const response = await fetch(page.openedUrl, {
      method: "POST",
      redirect: "manual",
      headers: { "X-CSRFToken": csrfToken(), "X-Mooring-By": shown.by },
      body,
    });
    if (response.ok) return leave(page.refresh);
    say(form, await problem(response));
  } catch {
    say(form, "No answer from the server. Try again: it is stored once.");
  }
}

async function problem(response) {
  if (response.status === 401) {
    dispatchEvent(new CustomEvent("mooring:locked"));
    return "Unlock the screen first.";
  }
  try {
    return (await response.json()).reasons.join(" ");
  } catch {
    return "It was not opened. Try again.";
  }
}

function say(form, text) {
  form.querySelector(".problem").textContent = text;
}
