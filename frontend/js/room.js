// The dark room, for every page on this device. A cookie remembers it, so that the server draws the
// next page dark at once; it stands only while the device itself would ask for the other face.
import { keepCookie } from "./cookies.js";

const A_YEAR = 31536000;
const asks = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;

const byItself = () => (asks.matches ? "dark" : "light");
const isDark = () => (root.dataset.bsTheme ?? byItself()) === "dark";

export function dimRooms() {
  const buttons = document.querySelectorAll("[data-dark-room]");
  const show = () => buttons.forEach((button) => button.setAttribute("aria-pressed", String(isDark())));
  asks.addEventListener("change", show);
  for (const button of buttons) {
    button.addEventListener("click", () => {
      choose(isDark() ? "light" : "dark");
      show();
    });
  }
  show();
}

function choose(face) {
  const own = face === byItself();
  if (own) delete root.dataset.bsTheme;
  else root.dataset.bsTheme = face;
  keepCookie("mooring_face", face, own ? 0 : A_YEAR);
  dispatchEvent(new CustomEvent("mooring:face"));
}
