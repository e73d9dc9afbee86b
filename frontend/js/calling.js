// Which rooms call, told on a locked screen: the room and the word, nothing of a patient.
import { follow } from "./live.js";

const AT_LEAST = 10000;
const PATIENCE = 5000;
const SHAPES = { stop: "■ STOP", call: "■ CALL" };
const UNDER_WAY = ["infusing", "paused", "dosing", "recovering"];

// `told` hears whether the server answers; rooms that call are drawn in `place`.
export function followRooms(place, address, told) {
  let closed = false;
  let asked = 0;
  const look = async () => {
    const mine = ++asked;
    const rooms = await ask(address);
    // An answer from before the network went must not say that it is there.
    if (closed || mine !== asked) return;
    draw(place, rooms ?? ownRoom());
    told(rooms !== null);
  };
  const line = follow("attention", look);
  const timer = setInterval(look, AT_LEAST);
  for (const change of ["online", "offline"]) addEventListener(change, look);
  look();
  return () => {
    closed = true;
    line.close();
    clearInterval(timer);
    for (const change of ["online", "offline"]) removeEventListener(change, look);
  };
}

// The rooms as the server knows them; null when it does not answer.
async function ask(address) {
  try {
    const answer = await fetch(address, {
      headers: { "X-Mooring-Background": "1" },
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    return answer.ok ? (await answer.json()).rooms : answer.status >= 500 ? null : [];
  } catch {
    return null;
  }
}

// Without the server only this page's own session is known, and no rule is checked in it.
function ownRoom() {
  const live = document.getElementById("live");
  if (!live) return [];
  const room = document.querySelector("[data-session]").dataset.room;
  const unseen = [...live.querySelectorAll(".alerts .banner")].filter((banner) => !banner.querySelector(".seen"));
  const level = ["stop", "call"].find((each) => unseen.some((banner) => banner.classList.contains(each)));
  if (level) return [{ room, level }];
  return UNDER_WAY.includes(live.dataset.phase) ? [{ room, level: "call", why: "no rule is checked here: look at the patient" }] : [];
}

function draw(place, rooms) {
  const lines = rooms.map(({ room, level, why }) => {
    const line = document.createElement("p");
    line.className = "banner stop";
    line.textContent = `${SHAPES[level]} ${room}: a session needs attention${why ? `, ${why}` : ""}`;
    return line;
  });
  const text = lines.map((line) => line.textContent).join("\n");
  if (place.dataset.says === text) return;
  place.dataset.says = text;
  place.hidden = lines.length === 0;
  place.replaceChildren(...lines);
}
