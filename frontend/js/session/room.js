// The dark room: remembered on this device in a cookie, so that the next page is drawn dark at once.
const A_YEAR = 31536000;

export function dimmable(button) {
  const root = document.documentElement;
  const show = () => button.setAttribute("aria-pressed", String(root.dataset.bsTheme === "dark"));
  button.addEventListener("click", () => {
    const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    root.dataset.bsTheme = theme;
    document.cookie = `mooring_room=${theme}; path=/sessions/; max-age=${A_YEAR}; samesite=lax`;
    show();
    document.dispatchEvent(new Event("room-changed"));
  });
  show();
}
