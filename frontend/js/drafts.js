// Keeps what was typed in a long form, in this tab, until it is saved: leaving the page and coming
// back finds it again. Kept by person and address; gone with the tab, at sign-out, and when the
// server said with a cookie that it took it. Passwords are never kept. What comes back keeps the id
// of the form it was typed into: sent again after a lost reply, it is taken once.
import { cookie, keepCookie } from "./cookies.js";

const MARK = "mooring-draft:";
const TAKEN = "mooring_taken";
const NEVER = new Set(["password", "hidden", "file", "submit", "button", "reset"]);

export function keepDrafts() {
  const { user } = document.body.dataset;
  forgetOthers(user);
  forgetTaken();
  for (const form of document.querySelectorAll("form[action$='/logout/']")) {
    form.addEventListener("submit", () => forgetOthers(null));
  }
  if (!user) return;
  for (const form of document.querySelectorAll("form[data-draft]")) keep(form, nameFor(form.dataset.draft));
}

// The name of a draft in this tab, by person and address.
export function nameFor(form) {
  return `${MARK}${document.body.dataset.user}:${location.pathname}${location.search}:${form}`;
}

function keep(form, name) {
  const draft = read(name);
  const formId = form.querySelector("[name=_form_id]") ?? {};
  const fresh = formId.value;
  if (draft && !("answer" in document.body.dataset) && fill(form, draft.fields)) {
    formId.value = draft.formId ?? fresh;
    tell(form, draft.at, () => {
      formId.value = fresh;
      forget(name);
    });
  }
  const id = draft?.id ?? crypto.getRandomValues(new Uint32Array(2)).join("");
  const save = () => write(name, { id, formId: formId.value, at: Date.now(), fields: changed(form) });
  // Fields elsewhere on the page may belong to the form too.
  for (const event of ["input", "change"]) {
    document.addEventListener(event, ({ target }) => target.form === form && save());
  }
  form.addEventListener("submit", () => mark(form, id));
}

// The server hands the mark back once it took the form.
function mark(form, id) {
  const field = form.querySelector("[name=_draft]") ?? document.createElement("input");
  Object.assign(field, { type: "hidden", name: "_draft", value: id });
  form.append(field);
}

const askable = (form) => [...form.elements].filter((field) => field.name && !NEVER.has(field.type));

// What stands there otherwise than the server wrote it: [name, value, checked].
export function changed(form) {
  return askable(form)
    .filter(differs)
    .map((field) => [field.name, field.value, field.checked ?? false]);
}

function differs(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.options) return ![...field.options].every((option) => option.selected === option.defaultSelected);
  return field.value !== field.defaultValue;
}

// True when something was filled in.
export function fill(form, fields) {
  let filled = false;
  for (const [name, value, checked] of fields) {
    for (const field of askable(form)) {
      if (field.name !== name) continue;
      const choice = field.type === "checkbox" || field.type === "radio";
      if (choice && field.value !== value) continue;
      if (choice) field.checked = checked;
      else field.value = value;
      filled = true;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  return filled;
}

function tell(form, at, begunAnew) {
  const said = document.createElement("div");
  said.className = "banner";
  said.setAttribute("role", "status");
  const time = new Date(at).toLocaleTimeString("en-GB", { timeStyle: "short" });
  said.append(`What you had entered at ${time} is here again. It is not saved yet. `);
  const anew = document.createElement("button");
  Object.assign(anew, { type: "button", className: "btn btn-quiet", textContent: "Begin anew" });
  anew.addEventListener("click", () => {
    form.reset();
    said.remove();
    begunAnew();
  });
  said.append(anew);
  form.before(said);
}

function forgetTaken() {
  const taken = cookie(TAKEN);
  if (!taken) return;
  keepCookie(TAKEN, "", 0);
  for (const name of names()) if (read(name)?.id === taken) forget(name);
}

function forgetOthers(user) {
  for (const name of names()) if (!user || !name.startsWith(`${MARK}${user}:`)) forget(name);
}

function names() {
  try {
    return Object.keys(sessionStorage).filter((name) => name.startsWith(MARK));
  } catch {
    return [];
  }
}

export function read(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null;
  }
}

export function write(name, draft) {
  try {
    if (draft.fields.length === 0) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing: the form works as without drafts.
  }
}

export function forget(name) {
  write(name, { fields: [] });
}
