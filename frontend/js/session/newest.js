// What waits on this device stands in the tiles at once, marked as waiting: the server has not
// seen it, so no rule was checked on it.
const TILES = {
  blood_pressure: (said) => said.systolic && `${said.systolic}/${said.diastolic}`,
  heart_rate: (said) => said.heart_rate,
  spo2: (said) => said.spo2 && `${said.spo2} %`,
  respiratory_rate: (said) => said.respiratory_rate,
  sedation: (said) => said.moaas,
};
export const UNCHECKED = "waiting to be sent · not yet checked against the stop rules";

export function showNewest(waiting, session) {
  const readings = readingsOf(waiting.filter((entry) => entry.session === session && !entry.refused));
  for (const tile of document.querySelectorAll(".tile[data-check]")) {
    const text = TILES[tile.dataset.check];
    const known = tile.querySelector(".since time")?.dateTime;
    const newer = text && newest(readings, text, known ? Date.parse(known) : -Infinity);
    draw(tile, newer, newer && String(text(newer.content)));
  }
}

// What the chart draws beside the readings that the server has.
export function waitingReadings(waiting, session) {
  const own = waiting.filter((entry) => entry.session === session && !entry.refused);
  const corrected = own.map((entry) => entry.content.corrects).filter(Boolean);
  return {
    waiting: readingsOf(own).filter((entry) => entry.content.kind === "reading"),
    struck: new Set(corrected),
  };
}

// Entries as they stand after the corrections that wait with them.
function readingsOf(entries) {
  const corrections = entries.map((entry) => entry.content).filter((said) => said.kind === "correction");
  const struck = new Set(corrections.map((said) => said.corrects));
  const replaced = corrections.filter((said) => said.replacement).map((said) => ({
    content: said.replacement,
    effective_at: said.replacement_effective_at ?? timeOf(said.corrects, entries),
  }));
  return [...entries.filter((entry) => !struck.has(entry.id)), ...replaced];
}

function timeOf(id, entries) {
  const waiting = entries.find((entry) => entry.id === id)?.effective_at;
  return waiting ?? document.querySelector(`#entry-${CSS.escape(id)} time`)?.dateTime;
}

function newest(readings, text, since) {
  let found = null;
  for (const reading of readings) {
    const at = Date.parse(reading.effective_at);
    const value = text(reading.content);
    if (value === undefined || value === null || value === "" || !(at >= since)) continue;
    found = reading;
    since = at;
  }
  return found;
}

function draw(tile, reading, text) {
  const says = reading ? `${text}@${reading.effective_at}` : "";
  if ((tile.dataset.waiting ?? "") === says) return;
  tile.querySelector(".on-device")?.remove();
  if (!reading) {
    delete tile.dataset.waiting;
    return;
  }
  tile.dataset.waiting = says;
  const made = document.createElement("div");
  made.className = "on-device";
  made.innerHTML = `<span class="value"></span><span class="since"><time data-since></time></span><span class="state due"></span>`;
  made.querySelector(".value").textContent = text;
  made.querySelector("time").dateTime = reading.effective_at;
  made.querySelector(".state").textContent = UNCHECKED;
  tile.append(made);
}
