// What uPlot does not draw by itself: pump steps, stop lines, due marks, a shape for each vital.
import { colour } from "./colour.js";
import { say } from "./words.js";

const scaled = (size) => size * devicePixelRatio;
// What a letter takes at most.
const WIDE = 9;

export function pumpSteps(u, facts, share) {
  const { left, top, width, height } = u.bbox;
  let free = left;
  const highest = Math.max(...facts.steps.map((step) => step.rate), 0);
  if (highest === 0) return;
  const floor = top + height;
  const room = height * (share - 0.07);
  u.ctx.save();
  facts.steps.forEach((step, place) => {
    const until = facts.steps[place + 1]?.at ?? facts.now;
    const from = Math.max(left, u.valToPos(step.at, "x", true));
    const to = Math.min(left + width, u.valToPos(until, "x", true));
    const tall = (step.rate / highest) * room;
    u.ctx.fillStyle = colour("--line");
    u.ctx.fillRect(from, floor - tall, Math.max(0, to - from), tall);
    // Words that would run into those before them are left to the table.
    if (step.rate > 0 && from >= free) {
      const text = `${step.rate} mg/min`;
      say(text, from + scaled(4), floor - tall - scaled(2), "left", "muted");
      free = from + scaled(WIDE * text.length);
    }
  });
  u.ctx.restore();
}

export function doseMarks(u, facts) {
  const floor = u.bbox.top + u.bbox.height;
  let [free, row] = [-Infinity, 0];
  u.ctx.save();
  for (const dose of facts.doses) {
    const x = u.valToPos(dose.at, "x", true);
    row = x < free && row === 0 ? 1 : 0;
    free = x + scaled(56);
    u.ctx.fillStyle = colour("--harbour");
    u.ctx.fillRect(x - scaled(1.5), floor - scaled(22), scaled(3), scaled(22));
    say(dose.label, x, floor - scaled(22 + 16 * row), "center", "muted");
  }
  u.ctx.restore();
}

const heightOf = (u, { measure, value }) => u.valToPos(value, measure === "spo2" ? "spo2" : "vital", true);

export function stopWords(u, facts) {
  const right = u.bbox.left + u.bbox.width - scaled(4);
  for (const stop of facts.stops) say(stop.label, right, heightOf(u, stop), "right", "stop");
}

// A line ends before words that stand across it, its own or those of another.
export function stopLines(u, facts, words) {
  const { left, width } = u.bbox;
  u.ctx.save();
  for (const stop of facts.stops) {
    const y = heightOf(u, stop);
    const across = words.filter((box) => scaled(box.y - box.tall) < y && y < scaled(box.y));
    const end = Math.min(left + width, ...across.map((box) => scaled(box.x - box.wide - 4)));
    u.ctx.strokeStyle = colour("--stop");
    u.ctx.lineWidth = scaled(1.5);
    u.ctx.setLineDash([scaled(6), scaled(5)]);
    u.ctx.beginPath();
    u.ctx.moveTo(left, y);
    u.ctx.lineTo(end, y);
    u.ctx.stroke();
  }
  u.ctx.restore();
}

export function dueMarks(u, facts) {
  const floor = u.bbox.top + u.bbox.height;
  u.ctx.save();
  u.ctx.fillStyle = u.ctx.strokeStyle = colour("--due");
  for (const due of facts.due) {
    const x = u.valToPos(due.at, "x", true);
    triangle(u.ctx, x, floor - scaled(8), scaled(7), 1);
    u.ctx.fill();
  }
  u.ctx.lineWidth = scaled(1);
  const x = u.valToPos(facts.now, "x", true);
  u.ctx.strokeStyle = colour("--muted");
  u.ctx.beginPath();
  u.ctx.moveTo(x, u.bbox.top);
  u.ctx.lineTo(x, floor);
  u.ctx.stroke();
  u.ctx.restore();
}

// Systolic ▼, diastolic ▲, heart rate ●, SpO2 ■: readable without colour, and on paper. Hollow is
// what waits on this device.
export function glyphs(u, facts) {
  u.ctx.save();
  each(u, facts, 1, "vital", "--harbour", (x, y) => triangle(u.ctx, x, y, scaled(6), 1));
  each(u, facts, 2, "vital", "--harbour", (x, y) => triangle(u.ctx, x, y, scaled(6), -1));
  each(u, facts, 3, "vital", "--ink", (x, y) => circle(u.ctx, x, y, scaled(4)));
  each(u, facts, 4, "spo2", "--info", (x, y) => square(u.ctx, x, y, scaled(4)));
  u.ctx.restore();
}

function each(u, facts, series, scale, token, shape) {
  u.ctx.lineWidth = scaled(2);
  u.ctx.strokeStyle = colour(token);
  u.data[series].forEach((value, place) => {
    if (value === null || value === undefined) return;
    shape(u.valToPos(u.data[0][place], "x", true), u.valToPos(value, scale, true));
    u.ctx.fillStyle = colour(facts.waiting[place] ? "--surface" : token);
    u.ctx.fill();
    if (facts.waiting[place]) u.ctx.stroke();
  });
}

function triangle(ctx, x, y, size, down) {
  ctx.beginPath();
  ctx.moveTo(x - size, y - size * down);
  ctx.lineTo(x + size, y - size * down);
  ctx.lineTo(x, y + size * 0.6 * down);
  ctx.closePath();
}

function circle(ctx, x, y, size) {
  ctx.beginPath();
  ctx.arc(x, y, size, 0, 2 * Math.PI);
}

function square(ctx, x, y, size) {
  ctx.beginPath();
  ctx.rect(x - size, y - size, 2 * size, 2 * size);
}
