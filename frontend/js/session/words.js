// The words of the chart: text of the page over the canvas, so that it is as sharp as all other
// text, has the colours of the page, and none stands on another.
const GAP = 1;

let wanted = [];

export function beginWords() {
  wanted = [];
}

// `x`, `y` in pixels of the canvas, `y` the foot of the text; `align` is where x lies in it.
export function say(text, x, y, align, tone) {
  wanted.push({ text, x: x / devicePixelRatio, y: y / devicePixelRatio, align, tone });
}

// `floor`: below it stand the words of pump and doses, and no limit's. Gives the places of those.
export function showWords(u, floor) {
  const wrap = u.root.querySelector(".u-wrap");
  let layer = wrap.querySelector(".words");
  if (layer === null) {
    layer = document.createElement("div");
    layer.className = "words";
    wrap.append(layer);
  }
  layer.style.setProperty("--plot", `${u.bbox.width / devicePixelRatio}px`);
  layer.replaceChildren(...wanted.map(made));
  const boxes = [...layer.children].map((element, place) => {
    return { ...wanted[place], element, tall: element.offsetHeight, wide: element.offsetWidth };
  });
  const limits = boxes.filter((box) => box.tone === "stop");
  stack([...limits], floor / devicePixelRatio);
  boxes.forEach(put);
  return limits;
}

function made({ text, tone }) {
  const element = document.createElement("span");
  element.className = tone;
  element.textContent = text;
  return element;
}

// The words of the limit lines, from the top down: each below the one before it, and all of them
// moved up again as far as the lowest place asks.
function stack(boxes, lowest) {
  boxes.sort((one, other) => one.y - other.y);
  let free = 0;
  for (const box of boxes) {
    box.y = Math.max(box.y, free + box.tall);
    free = box.y + GAP;
  }
  let floor = lowest;
  for (const box of boxes.reverse()) {
    box.y = Math.min(box.y, floor);
    floor = box.y - box.tall - GAP;
  }
}

function put({ element, x, y, wide, tall, align }) {
  element.style.left = `${x - { left: 0, center: wide / 2, right: wide }[align]}px`;
  element.style.top = `${y - tall}px`;
}
