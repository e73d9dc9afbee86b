// The entry panels: dialogs whose forms become entries; direct entries; corrections and undo.
import { v7 } from "uuid";
import { checkInProblem, startCheckIn } from "./check_in.js";
import { clockTime, now } from "./clock.js";
import { changed, fill as fillDraft, forget, nameFor, read, write } from "../drafts.js";
import { contentOf, fill, inWords } from "./content.js";
import { heldNow, showHeld, startHeld } from "./held.js";
import { padFor } from "./pad.js";
import { dealtWith, standing, store } from "./sending.js";
import { showSigning, startSigning } from "./signing.js";
import { askAgain, asksAboutTouch, touchProblem } from "./touch.js";

const UNDO_FOR = 10000;
const MINUTE = 60000;

let session = null;
let stored = () => {};
let undoing = null;

export function startPanels({ sessionId, onStored, openedUrl, refresh }) {
  session = sessionId;
  stored = onStored;
  startHeld({ enter, change, openedUrl, refresh });
  startSigning();
  document.addEventListener("click", clicked);
  for (const dialog of document.querySelectorAll("dialog.entry:not(.held)")) prepare(dialog);
}

// A held entry again in the panel that it came from.
function change(content) {
  const panel = document.querySelector(`dialog form[data-kind="${content.kind}"]`);
  open(panel.closest("dialog").id.slice(6), content);
}

function clicked(event) {
  const opener = event.target.closest("[data-open]");
  const direct = event.target.closest("[data-send]");
  const correct = event.target.closest("[data-correct]");
  if (opener) open(opener.dataset.open, { ...carried(opener), ...JSON.parse(opener.dataset.fill ?? "{}") });
  if (direct) enter(JSON.parse(direct.dataset.send));
  if (correct) openCorrection(correct.dataset);
}

// What one panel hands to the next: the dose that it was about.
function carried(opener) {
  const form = opener.closest("form");
  const names = opener.dataset.carry?.split(" ") ?? [];
  const about = form?.querySelector("[data-about]")?.textContent;
  return Object.fromEntries(names.map((name) => [name, form.elements[name]?.value ?? about]));
}

function prepare(dialog) {
  const form = dialog.querySelector("form");
  form.pad = form.querySelector(".keys") ? padFor(form) : null;
  if (form.dataset.kind === "check_in") startCheckIn(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(dialog, form, event.submitter);
  });
  if ("panelDraft" in form.dataset) {
    for (const event of ["input", "change"]) form.addEventListener(event, () => keepDraft(form));
  }
  for (const button of dialog.querySelectorAll("[data-close]")) {
    button.addEventListener("click", () => dialog.close());
  }
}

function open(name, values, corrects = null) {
  document.querySelector("dialog.entry[open]")?.close();
  const dialog = document.getElementById(`panel-${name}`);
  const form = dialog.querySelector("form");
  form.reset();
  fill(form, values);
  const draft = corrects === null && "panelDraft" in form.dataset && read(nameFor(form.dataset.kind));
  if (draft) fillDraft(form, draft.fields);
  askAgain(form);
  form.dataset.corrects = corrects ?? "";
  for (const part of dialog.querySelectorAll("[data-correcting]")) part.hidden = corrects === null;
  for (const part of dialog.querySelectorAll("[data-not-correcting]")) {
    part.hidden = corrects !== null;
    part.disabled = corrects !== null;
  }
  for (const field of dialog.querySelectorAll("[name=because]")) field.required = corrects !== null;
  for (const part of dialog.querySelectorAll("[data-about]")) part.textContent = values.about ?? "";
  if (form.elements.when) offerTimes(form.elements.when, name, corrects !== null);
  dialog.showModal();
  form.pad?.start();
}

// A long panel that was closed finds its answers again; the time is chosen anew.
function keepDraft(form) {
  if (form.dataset.corrects) return;
  const fields = changed(form).filter(([name]) => name !== "when");
  write(nameFor(form.dataset.kind), { at: Date.now(), fields });
}

// The first choice says what happens when nobody chooses; a finished dose offers its own moment.
function offerTimes(select, name, correcting) {
  select.options[0].text = correcting ? "As it was" : "Now";
  select.querySelector("[data-dose-in]")?.remove();
  const doseIn = document.getElementById("live").dataset.doseInAt;
  if (name !== "complete" || correcting || !doseIn) return;
  const words = `${clockTime(Date.parse(doseIn))}, when the dose was in by rate and time`;
  const option = new Option(words, `at ${doseIn}`, false, true);
  option.dataset.doseIn = "";
  select.prepend(option);
}

async function submit(dialog, form, submitter) {
  if (form.pad && !form.pad.check()) return;
  if (form.dataset.kind === "check_in" && told(form, checkInProblem(form))) return;
  const content = contentOf(form, submitter);
  if (content.reason === "") {
    form.elements.other_reason.focus();
    return;
  }
  if (content.kind === "touch_consent" && told(form, touchProblem(content))) return;
  if (asksAboutTouch(form, content, submitter)) return;
  const at = chosenTime(form);
  if (form.dataset.corrects) {
    enter(replacing(form.dataset.corrects, form.elements.because.value, content, at));
  } else if (content.timing === "about_to_happen") {
    await ask(form, content);
  } else {
    enter(content, at ?? now());
  }
  forget(nameFor(form.dataset.kind));
  dialog.close();
}

// What is about to happen waits for the answer in its panel.
async function ask(form, content) {
  const asking = form.querySelector(".asking");
  const buttons = [...form.querySelectorAll("button:not(:disabled)")];
  asking.hidden = false;
  for (const button of buttons) button.disabled = true;
  await enter(content);
  asking.hidden = true;
  for (const button of buttons) button.disabled = false;
}

function told(form, problem) {
  const place = form.querySelector(".problem");
  place.textContent = problem;
  if (problem) place.scrollIntoView({ block: "center" });
  return problem !== "";
}

// None chosen is now for a new entry, and the time it had for a corrected one.
function chosenTime(form) {
  const chosen = form.elements.when?.value ?? "";
  if (chosen === "") return null;
  return chosen.startsWith("at ") ? Date.parse(chosen.slice(3)) : now() - Number(chosen) * MINUTE;
}

function replacing(corrects, reason, content, at) {
  const correction = { kind: "correction", corrects, reason, replacement: content };
  return at === null ? correction : { ...correction, replacement_effective_at: iso(at) };
}

async function enter(content, at = now()) {
  const entry = { id: v7(), session, effective_at: iso(at), content };
  offerUndo(entry);
  stored(entry);
  await store(entry);
  const held = heldNow(entry.id);
  if (!held) return;
  document.getElementById("undo").hidden = true;
  if (held.held.prove) showSigning(held);
  else showHeld(held);
}

function iso(moment) {
  return new Date(moment).toISOString();
}

function offerUndo(entry) {
  const bar = document.getElementById("undo");
  clearTimeout(undoing);
  bar.querySelector("span").textContent = `Kept: ${inWords(entry.content)}`;
  bar.querySelector("button").onclick = () => {
    bar.hidden = true;
    const refused = standing().waiting.find((each) => each.id === entry.id && each.refused);
    if (refused) dealtWith(refused.place);
    else enter({ kind: "correction", corrects: entry.id, reason: "Undone at once by who entered it" });
  };
  bar.hidden = false;
  undoing = setTimeout(() => (bar.hidden = true), UNDO_FOR);
}

// An answer about suicidal thoughts has a panel of its own.
function panelOf({ kind, criterion }) {
  if (criterion === "suicidal_ideation_asked") return document.querySelector("#panel-ideation form");
  return document.querySelector(`dialog form[data-kind="${kind}"]`);
}

// First the choice: strike it out, or enter it again in the panel it came from.
function openCorrection({ correct: id, content, text, strikeOnly }) {
  const original = JSON.parse(content);
  open("correct", { corrects: id, about: text });
  const again = document.querySelector("#panel-correct [data-again]");
  const panel = panelOf(original);
  again.hidden = !panel || strikeOnly !== undefined;
  again.onclick = () => open(panel.closest("dialog").id.slice(6), original, id);
}
