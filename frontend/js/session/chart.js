// One time axis in three strips: SpO2 above, blood pressure and heart rate, the pump's rate below.
import uPlot from "uplot";
import { colour, keepColours } from "./colour.js";
import { doseMarks, dueMarks, glyphs, pumpSteps, stopLines } from "./marks.js";

const HEIGHT = 330;
const [TOP, BOTTOM] = [0.26, 0.18];
const FULL_SPO2 = 100;

let plot = null;
let facts = null;

export function drawChart(place, said) {
  facts = prepared(said);
  const size = { width: place.clientWidth, height: HEIGHT };
  if (plot === null) {
    plot = new uPlot(options(size), facts.table, place);
    new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: HEIGHT })).observe(place);
    keepColours(() => plot.redraw());
  } else {
    plot.setData(facts.table);
  }
  place.setAttribute("aria-label", said.label);
}

// Moments become minutes from the start of the infusion; before it, from the first reading.
function prepared(said) {
  const minutes = (moment) => (Date.parse(moment) - Date.parse(said.zero)) / 60000;
  const readings = said.readings.map((reading) => ({ ...reading, at: minutes(reading.at) }));
  const column = (name) => readings.map((reading) => reading[name]);
  return {
    ...said,
    now: minutes(said.now),
    end: minutes(said.end),
    stops: said.stops.filter((stop) => !["moaas", "respiratory_rate"].includes(stop.measure)),
    steps: said.steps.map((step) => ({ ...step, at: minutes(step.at) })),
    doses: said.doses.map((dose) => ({ ...dose, at: minutes(dose.at) })),
    due: said.due.map((due) => ({ ...due, at: minutes(due.at) })),
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
      axis({ scale: "x", values: (_, splits) => splits.map((split) => `${split} min`), space: 70, size: 30 }),
      axis({ scale: "vital", splits: vitalSplits, size: 46 }),
      axis({ scale: "spo2", side: 1, splits: () => [90, 100], size: 46, grid: { show: false } }),
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
      drawAxes: [(u) => pumpSteps(u, current(), BOTTOM), (u) => doseMarks(u, current())],
      draw: [
        (u) => dueMarks(u, current()),
        (u) => stopLines(u, current()),
        (u) => glyphs(u),
      ],
    },
  };
}

function axis(own) {
  return {
    stroke: () => colour("--muted"),
    font: "14px system-ui, sans-serif",
    ticks: { show: false },
    grid: { stroke: () => colour("--line"), width: 1 },
    ...own,
  };
}

function line(scale, token, width) {
  return { scale, width, spanGaps: true, stroke: () => colour(token), points: { show: false } };
}


function xRange() {
  const first = Math.min(0, ...facts.table[0]);
  return [first - 2, Math.max(facts.end, facts.now, ...facts.due.map((due) => due.at)) + 3];
}

function spo2Range() {
  const measured = facts.table[4].filter((value) => value !== null);
  const low = Math.min(88, ...measured) - 2;
  return [FULL_SPO2 - (FULL_SPO2 - low) / TOP, FULL_SPO2 + 1];
}

// The span of the values drawn, in tens.
function vitalSpan() {
  const lines = facts.stops.filter((stop) => stop.measure !== "spo2").map((stop) => stop.value);
  const drawn = [...facts.table.slice(1, 4).flat(), ...lines];
  const values = drawn.filter((value) => value !== null);
  const low = Math.min(60, ...values) - 5;
  const high = Math.max(140, ...values) + 5;
  return [Math.floor(low / 10) * 10, Math.ceil(high / 10) * 10];
}

function vitalRange() {
  const [low, high] = vitalSpan();
  const full = (high - low) / (1 - TOP - BOTTOM);
  return [low - full * BOTTOM, high + full * TOP];
}

function vitalSplits() {
  const [low, high] = vitalSpan();
  const splits = [];
  for (let split = Math.ceil(low / 20) * 20; split <= high; split += 20) splits.push(split);
  return splits;
}
