// Whether a finger is down: a page must not change under a tap.
const LONGEST = 1000;
const LOOK = 40;
let down = false;

for (const name of ["pointerdown", "pointerup", "pointercancel"]) {
  addEventListener(name, () => (down = name === "pointerdown"), { capture: true, passive: true });
}

/** Settles when no finger is down and its click has been heard, at the latest after a second. */
export async function fingerLifted() {
  for (let waited = 0; down && waited < LONGEST; waited += LOOK) await pause(LOOK);
  await pause(0);
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
