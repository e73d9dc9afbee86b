// Which buttons make sense now. What waits to be sent counts already: the nurse has done it.
const LEADS_TO = {
  check_in: { from: ["expected"], to: "checked_in" },
  infusion_start: { from: ["expected", "checked_in"], to: "infusing" },
  infusion_pause: { from: ["infusing"], to: "paused" },
  infusion_resume: { from: ["paused"], to: "infusing" },
  infusion_stop: { from: ["infusing", "paused"], to: "recovering" },
  infusion_complete: { from: ["infusing", "paused"], to: "recovering" },
  // The server knows how many doses there are; until it answers, there may be more.
  dose_given: { from: ["expected", "checked_in"], to: "dosing" },
  dosing_stopped: { from: ["dosing"], to: "recovering" },
  sign_off: { from: ["recovering"], to: "signed" },
};

export function after(phase, waiting, session) {
  const own = waiting.filter((entry) => entry.session === session && !entry.refused);
  return own.reduce((current, entry) => {
    const step = LEADS_TO[entry.content.kind];
    return step?.from.includes(current) ? step.to : current;
  }, phase);
}

export function showPhase(phase, ready) {
  const here = ready && phase === "checked_in" ? [phase, "ready"] : [phase];
  for (const element of document.querySelectorAll("[data-phases]")) {
    const fits = element.dataset.phases.split(" ").some((word) => here.includes(word));
    if (element.matches("button.thumb")) element.disabled = !fits;
    else element.hidden = !fits;
  }
}
