// A token of the look as the canvas needs it: the colour that the page has now, light or dark.
export function colour(token) {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim();
}
