// Draws a chart into its figure, and again when the figure's width changes.

export function keepDrawn(figure, dataId, chart) {
  const data = JSON.parse(document.getElementById(dataId).textContent);
  let width = 0;
  new ResizeObserver(() => {
    const next = Math.round(figure.clientWidth);
    if (next === 0 || next === width) return;
    width = next;
    figure.replaceChildren(bare(chart(data, width)));
  }).observe(figure);
}

// Plot puts a <style> into its svg, which the page's content security policy would refuse.
// Its few rules stand in our own stylesheet; it goes before the svg enters the page.
function bare(svg) {
  svg.querySelector("style")?.remove();
  svg.setAttribute("role", "img");
  // As a picture it has one name; the names that Plot gives to its layers would go unheard.
  for (const layer of svg.querySelectorAll("g[aria-label]")) layer.removeAttribute("aria-label");
  return svg;
}

// Places labels at least `apart` from each other, from the top down, near their own values.
export function spread(lines, apart) {
  let above = Infinity;
  return [...lines]
    .sort((a, b) => b.value - a.value)
    .map((line) => {
      above = Math.min(line.value, above - apart);
      return { ...line, at: above };
    });
}

// Of things along the time axis those whose labels have room: `room` is in milliseconds.
export function roomy(things, room) {
  let last = -Infinity;
  return things.filter((thing) => {
    if (Math.abs(thing.at - last) < room) return false;
    last = thing.at.getTime();
    return true;
  });
}
