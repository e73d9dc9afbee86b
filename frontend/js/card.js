// A claim chip opens its card over the page. Without this script the chip is a plain link.
// The card is not modal: a session's buttons stay in reach while a nurse reads where a rule stands.

let sheet = null;
let opener = null;
let asked = 0;

export function openCards() {
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed, true);
}

function clicked(event) {
  if (event.target.closest("[data-close]") && sheet?.contains(event.target)) return close();
  const chip = event.target.closest("a[data-card]");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!chip || event.button !== 0 || elsewhere) return;
  event.preventDefault();
  show(chip);
}

function pressed(event) {
  if (event.key !== "Escape" || !sheet?.open) return;
  event.stopPropagation();
  close();
}

async function show(chip) {
  const mine = ++asked;
  const card = await fetched(chip.href);
  if (mine !== asked) return;
  if (card === null) {
    location.assign(chip.href);
    return;
  }
  if (!sheet?.contains(chip)) opener = chip;
  place(card);
}

// The card's markup; null when the server wants to answer with a page (signed out, locked).
async function fetched(url) {
  try {
    const answer = await fetch(url, { headers: { "HX-Request": "true" } });
    return answer.ok && !answer.redirected ? await answer.text() : null;
  } catch {
    return offline;
  }
}

const offline = `<header><p class="mb-0">No connection</p>
<button type="button" class="btn btn-quiet" data-close>Close</button></header>
<h2 class="h3" id="card-title">The card cannot be fetched just now</h2>
<p>Open it again when the connection is back. Nothing on this page has changed.</p>`;

function place(card) {
  if (!sheet?.isConnected) sheet = made();
  sheet.innerHTML = card;
  sheet.scrollTop = 0;
  if (!sheet.open) sheet.show();
  const title = sheet.querySelector("#card-title");
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}

function made() {
  const dialog = document.createElement("dialog");
  dialog.className = "card-sheet";
  dialog.setAttribute("aria-labelledby", "card-title");
  document.body.append(dialog);
  return dialog;
}

// The focus goes back to the chip, or to its like when the page was drawn anew meanwhile.
function close() {
  sheet.close();
  const href = opener?.getAttribute("href");
  const again = opener?.isConnected ? opener : document.querySelector(`a[data-card][href="${href}"]`);
  again?.focus();
}
