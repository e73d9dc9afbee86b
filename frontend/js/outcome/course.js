// Score down the side, time along, infusions as ticks, definitions as lines with their names.
import { axisX, axisY, dot, line, plot, ruleX, ruleY, text } from "@observablehq/plot";
import { roomy, spread } from "./figure.js";

const HEIGHT = 380;
const MARGINS = { top: 38, bottom: 40, left: 44 };
const LABEL = 15;
// Below zero lies a strip for what has no score: a gap is no low score.
const STRIP = -2;
const DAY = 86_400_000;
const DASHES = ["8 4", "3 3", "1 4"];

export function courseChart(data, width) {
  const points = data.points.map((point) => ({ ...point, at: new Date(point.at) }));
  const gaps = data.gaps.map((gap) => ({ ...gap, at: new Date(gap.at) }));
  const sessions = data.sessions.map((session) => ({ ...session, at: new Date(session.at) }));
  const wide = width >= 640 && data.lines.length > 0;
  const right = wide ? 160 : 16;
  const span = domain([...points, ...gaps, ...sessions]);
  const pixel = (span[1] - span[0]) / (width - MARGINS.left - right);
  return plot({
    width,
    height: width < 500 ? 280 : HEIGHT,
    marginTop: MARGINS.top,
    marginBottom: MARGINS.bottom,
    marginLeft: MARGINS.left,
    marginRight: right,
    insetLeft: 12,
    insetRight: 12,
    ariaLabel: `${data.name} over time: ${points.length} scores, ${gaps.length} without a score`,
    // The times come as the clinic's clocks showed them, without a zone.
    x: { type: "utc", domain: span },
    y: { domain: [gaps.length ? STRIP - 1.5 : 0, data.maximum] },
    marks: [
      axisY({ ticks: [0, 5, 10, 15, 20, 25].filter((tick) => tick <= data.maximum), label: data.name }),
      axisX({ label: null, tickSize: 0, ticks: width < 500 ? 3 : 7, tickFormat: days(span) }),
      ruleY([0], { stroke: "var(--line)" }),
      ruleX(sessions, { x: "at", y1: 0, y2: data.maximum, stroke: "var(--muted)", strokeOpacity: 0.45 }),
      text(roomy(sessions, 14 * pixel), { x: "at", y: data.maximum, dy: -10, text: (s) => `${s.number}`, fill: "var(--muted)" }),
      ...data.lines.map((drawn, index) =>
        ruleY([drawn.value], { stroke: "var(--met)", strokeDasharray: DASHES[index % DASHES.length] }),
      ),
      names(data, wide),
      line(points, { x: "at", y: "total", stroke: "var(--harbour)", strokeWidth: 2 }),
      dot(points, { x: "at", y: "total", r: 5, fill: "var(--harbour)" }),
      text(roomy([...points].reverse(), 20 * pixel), { x: "at", y: "total", text: (p) => `${p.total}`, dy: -13, fill: "var(--ink)", stroke: "var(--surface)", strokeWidth: 4 }),
      dot(gaps, { x: "at", y: STRIP, r: 5, stroke: "var(--muted)", strokeWidth: 2, fill: "var(--surface)" }),
    ],
  });
}

function names(data, wide) {
  const drawn = HEIGHT - MARGINS.top - MARGINS.bottom;
  const placed = spread(data.lines, ((data.maximum - STRIP + 2) * LABEL) / drawn);
  return text(placed, {
    y: "at",
    text: "id",
    fill: "var(--met)",
    stroke: "var(--surface)",
    strokeWidth: 4,
    textAnchor: wide ? "start" : "end",
    frameAnchor: "right",
    dx: wide ? 8 : 0,
    dy: wide ? 0 : -7,
  });
}

// What the clinic's calendar says, as fine as the stretch of time needs.
function days([first, last]) {
  const long = (last - first) / DAY;
  const words = (parts) => new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: "UTC" });
  const day = words({ day: "numeric", month: "short" });
  const month = words({ month: "short" });
  const hour = words({ hour: "2-digit", minute: "2-digit" });
  if (long < 3) return (date) => `${hour.format(date)}\n${day.format(date)}`;
  if (long < 300) return (date) => day.format(date);
  const opens = (date, place) => place === 0 || date.getUTCMonth() === 0;
  return (date, place) => month.format(date) + (opens(date, place) ? `\n${date.getUTCFullYear()}` : "");
}

// A single moment still needs a stretch of time around it.
function domain(all) {
  const times = all.map((one) => one.at.getTime());
  if (times.length === 0) return [new Date(0), new Date(1)];
  const [first, last] = [Math.min(...times), Math.max(...times)];
  return first === last ? [new Date(first - DAY), new Date(last + DAY)] : [new Date(first), new Date(last)];
}
