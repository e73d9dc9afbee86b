// Between a panel's fields and the content of an entry, and an entry's content in few words.
import { checkInAnswers, fillCheckIn } from "./check_in.js";
import { atWallTime, wallTime } from "./clock.js";

const WHOLE = new Set([
  "systolic", "diastolic", "heart_rate", "spo2", "respiratory_rate", "moaas",
  "step", "vital_signs", "activity", "nausea_and_vomiting", "pain", "bleeding",
]);
const TIMES = new Set(["last_food_at", "last_fluid_at"]);
const NOT_CONTENT = new Set(["when", "because", "other_reason"]);

export function contentOf(form, submitter) {
  const content = { kind: form.dataset.kind };
  for (const [name, value] of new FormData(form, submitter)) {
    const text = value.trim();
    // What begins with a line is put together elsewhere: the chips of the check-in.
    if (text !== "" && !NOT_CONTENT.has(name) && !name.startsWith("_")) content[name] = typed(name, text);
  }
  if (submitter && "other" in submitter.dataset) content.reason = form.elements.other_reason.value.trim();
  return content.kind === "check_in" ? { ...content, ...checkInAnswers(form) } : content;
}

function typed(name, text) {
  if (WHOLE.has(name)) return Number(text);
  if (TIMES.has(name)) return new Date(atWallTime(text)).toISOString();
  if (name === "weighed") return JSON.parse(text);
  return name === "met" ? text === "true" : text;
}

export function fill(form, content) {
  for (const [name, value] of Object.entries(content)) {
    const field = form.elements[name];
    if (!field || value === null || field.type === "submit") continue;
    if (name === "weighed") {
      field.value = JSON.stringify(value);
    } else if (!(field instanceof RadioNodeList)) {
      field.value = TIMES.has(name) ? wallTime(Date.parse(value)) : value;
    } else if (field[0].type === "radio") {
      field.value = String(value);
    }
  }
  if (form.dataset.kind === "check_in") fillCheckIn(form, content);
}

export function inWords(content) {
  if (content.kind === "correction") return content.replacement ? "Correction" : "Struck out";
  const about = { reading, symptom, dose_given: dose, dose_not_given: dose, note: (said) => said.text }[content.kind];
  const title = words(content.kind);
  return about ? `${title} ${about(content)}` : title;
}

// 0 is a value: an arrest is a reading.
function reading(content) {
  const measured = (name) => content[name] !== undefined && content[name] !== null;
  const parts = [
    measured("systolic") && `${content.systolic}/${content.diastolic}`,
    measured("heart_rate") && `HR ${content.heart_rate}`,
    measured("spo2") && `SpO2 ${content.spo2} %`,
    measured("respiratory_rate") && `RR ${content.respiratory_rate}`,
  ];
  return parts.filter(Boolean).join(" · ");
}

function dose(content) {
  return content.amount_mg ? `${content.step}, ${content.amount_mg} mg` : `${content.step}`;
}

function symptom(content) {
  return `${words(content.symptom)}, ${content.severity}`;
}

function words(id) {
  const text = id.replaceAll("_", " ");
  return text[0].toUpperCase() + text.slice(1);
}
