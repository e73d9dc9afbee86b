// Touch is asked about before it is charted: what the patient said stands at the head of the page.
const SAYS = {
  none: "The patient said no to touch.",
  not_asked: "The patient was not asked about touch.",
};

// True while the person at the bedside has still to say that a hand was held all the same.
export function asksAboutTouch(form, content, submitter) {
  const says = SAYS[document.getElementById("stands")?.dataset.touch];
  if (content.intervention !== "hand_holding" || !says || "anyway" in submitter.dataset) return false;
  const asked = form.querySelector("[data-touch-asked]");
  asked.querySelector("[data-touch-says]").textContent = says;
  asked.hidden = false;
  asked.scrollIntoView({ block: "center" });
  asked.querySelector("button").focus();
  return true;
}

export function askAgain(form) {
  const asked = form.querySelector("[data-touch-asked]");
  if (asked) asked.hidden = true;
}

// What is agreed has to be said in words.
export function touchProblem(content) {
  return content.touch === "as_agreed" && !content.agreed ? "Say what was agreed, in the patient's words." : "";
}
