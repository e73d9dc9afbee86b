// A token of the look as the canvas needs it: the colour that the page has now, light or dark.
export function colour(token) {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim();
}

// Drawn again whenever the tokens may have changed: the switch, the device's own evening, paper.
export function keepColours(redraw) {
  addEventListener("mooring:face", redraw);
  for (const query of ["(prefers-color-scheme: dark)", "print"]) {
    matchMedia(query).addEventListener("change", redraw);
  }
}
