// One time axis in three strips: SpO2 above, blood pressure and heart rate, the pump's rate below.
import uPlot from "uplot";
import { colour, keepColours } from "./colour.js";
import { doseMarks, dueMarks, glyphs, pumpSteps, stopLines, stopWords } from "./marks.js";
import { UNCHECKED } from "./newest.js";
import { beginWords, say, showWords } from "./words.js";

const HEIGHT = 330;
const [TOP, BOTTOM] = [0.26, 0.18];
const FULL_SPO2 = 100;
// Pixels that a number of an axis takes, one above the other.
const ROW = 18;

let plot = null;
let facts = null;

// `waiting`: readings of this device that the server does not have; `struck`: ids of those it has
// that they take the place of.
export function drawChart(place, said, { waiting, struck }) {
  facts = prepared(said, waiting, struck);
  const size = { width: place.clientWidth, height: HEIGHT };
  if (plot === null) {
    plot = new uPlot(options(size), facts.table, place);
    new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: HEIGHT })).observe(place);
    keepColours(() => plot.redraw());
  } else {
    plot.setData(facts.table);
  }
  const more = waiting.length ? ` ${waiting.length} more, drawn hollow: ${UNCHECKED}.` : "";
  place.setAttribute("aria-label", said.label + more);
  const key = document.getElementById("key-waiting");
  key.hidden = waiting.length === 0;
  key.textContent = `◇ hollow: ${UNCHECKED}`;
}

// Moments become minutes from the start of the infusion; before it, from the first reading.
function prepared(said, waiting, struck) {
  const minutes = (moment) => (Date.parse(moment) - Date.parse(said.zero)) / 60000;
  const known = said.readings.filter((reading) => !struck.has(reading.id));
  const readings = [...known, ...waiting.map((entry) => ({ ...entry.content, at: entry.effective_at, waits: true }))]
    .map((reading) => ({ ...reading, at: minutes(reading.at) }))
    .sort((one, other) => one.at - other.at);
  const column = (name) => readings.map((reading) => reading[name] ?? null);
  return {
    ...said,
    now: minutes(said.now),
    end: minutes(said.end),
    stops: said.stops.filter((stop) => !["moaas", "respiratory_rate"].includes(stop.measure)),
    steps: said.steps.map((step) => ({ ...step, at: minutes(step.at) })),
    doses: said.doses.map((dose) => ({ ...dose, at: minutes(dose.at) })),
    due: said.due.map((due) => ({ ...due, at: minutes(due.at) })),
    waiting: readings.map((reading) => Boolean(reading.waits)),
    table: ["at", "systolic", "diastolic", "heart_rate", "spo2"].map(column),
  };
}

function options(size) {
  const current = () => facts;
  return {
    ...size,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 4, 0, 0],
    scales: {
      x: { time: false, range: xRange },
      vital: { range: vitalRange },
      spo2: { range: spo2Range },
    },
    axes: [
      axis({ scale: "x", space: 70, size: 30 }),
      axis({ scale: "vital", splits: vitalSplits, size: 46 }),
      axis({ scale: "spo2", side: 1, splits: spo2Splits, size: 46, grid: { show: false } }),
    ],
    series: [
      {},
      line("vital", "--harbour", 2),
      line("vital", "--harbour", 2),
      line("vital", "--ink", 1.5),
      line("spo2", "--info", 2),
    ],
    bands: [{ series: [1, 2], fill: () => colour("--harbour-ground") }],
    hooks: {
      drawAxes: [
        beginWords,
        axisWords,
        (u) => pumpSteps(u, current(), BOTTOM),
        (u) => doseMarks(u, current()),
      ],
      draw: [
        (u) => dueMarks(u, current()),
        (u) => stopWords(u, current()),
        (u) => stopLines(u, current(), showWords(u, u.bbox.top + u.bbox.height * (1 - BOTTOM))),
        (u) => glyphs(u, current()),
      ],
    },
  };
}

// The axis draws its grid; its numbers stand among the other words.
function axis(own) {
  return {
    ticks: { show: false },
    grid: { stroke: () => colour("--line"), width: 1 },
    values: (u, splits, place) => {
      numbers[place] = splits;
      return splits.map(() => "");
    },
    ...own,
  };
}

const numbers = [];

function axisWords(u) {
  const { left, top, width, height } = u.bbox;
  const half = 8 * devicePixelRatio;
  const at = (value, scale) => u.valToPos(value, scale, true);
  for (const value of numbers[0] ?? []) say(`${value} min`.replace("-", "−"), at(value, "x"), top + height + 3 * half, "center", "number");
  for (const value of numbers[1] ?? []) say(`${value}`, left - half, at(value, "vital") + half, "right", "number");
  for (const value of numbers[2] ?? []) say(`${value}`, left + width + half, at(value, "spo2") + half, "left", "number");
}

function line(scale, token, width) {
  return { scale, width, spanGaps: true, stroke: () => colour(token), points: { show: false } };
}

function xRange() {
  const first = Math.min(0, ...facts.table[0]);
  return [first - 2, Math.max(facts.end, facts.now, ...facts.table[0], ...facts.due.map((due) => due.at)) + 3];
}

function spo2Low() {
  const measured = facts.table[4].filter((value) => value !== null);
  return Math.min(88, ...measured) - 2;
}

function spo2Range() {
  return [FULL_SPO2 - (FULL_SPO2 - spo2Low()) / TOP, FULL_SPO2 + 1];
}

function spo2Splits() {
  const low = spo2Low();
  return [low < 70 ? Math.ceil(low / 10) * 10 : 90, FULL_SPO2];
}

// The span of the values drawn, in tens.
function vitalSpan() {
  const lines = facts.stops.filter((stop) => stop.measure !== "spo2").map((stop) => stop.value);
  const drawn = [...facts.table.slice(1, 4).flat(), ...lines];
  const values = drawn.filter((value) => value !== null);
  const low = Math.min(60, ...values) - 5;
  const high = Math.max(140, ...values) + 5;
  return [Math.max(0, Math.floor(low / 10) * 10), Math.ceil(high / 10) * 10];
}

function vitalRange() {
  const [low, high] = vitalSpan();
  const full = (high - low) / (1 - TOP - BOTTOM);
  return [low - full * BOTTOM, high + full * TOP];
}

function vitalSplits() {
  const [low, high] = vitalSpan();
  const rows = (HEIGHT * (1 - TOP - BOTTOM) * 0.85) / ROW;
  const step = (high - low) / 20 > rows ? 40 : 20;
  const splits = [];
  for (let split = Math.ceil(low / step) * step; split <= high; split += step) splits.push(split);
  return splits;
}
