// Who signs at the bedside shows that it is them. The entry waits on this device meanwhile, also
// one that was signed without a network; PIN and password go to the server and are kept nowhere.
import { csrfToken } from "../asking.js";
import { inWords } from "./content.js";
import { tryAgain } from "./sending.js";

let shown = null;

export function startSigning() {
  const dialog = panel();
  if (!dialog) return;
  dialog.addEventListener("submit", prove);
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
}

export function showSigning(entry) {
  shown = entry;
  panel().querySelector("[data-sign-about]").textContent = inWords(entry.content);
  say("");
  document.querySelector("dialog.entry[open]")?.close();
  panel().showModal();
}

function panel() {
  return document.getElementById("panel-signing");
}

async function prove(event) {
  event.preventDefault();
  const secret = event.target.elements.sign_secret;
  const body = new URLSearchParams({ sign_secret: secret.value });
  secret.value = "";
  try {
    const response = await fetch(event.target.action, {
      method: "POST",
      redirect: "manual",
      headers: { "X-CSRFToken": csrfToken(), "X-Mooring-By": shown.by },
      body,
    });
    if (response.status === 204) {
      panel().close();
      return tryAgain(shown);
    }
    if (response.status === 401) dispatchEvent(new CustomEvent("mooring:locked"));
    say(response.status === 401 ? "Unlock the screen first." : (await response.json()).reasons.join(" "));
  } catch {
    say("No answer from the server. The signature waits on this device; sign again when it is back.");
  }
}

function say(text) {
  panel().querySelector(".problem").textContent = text;
}
