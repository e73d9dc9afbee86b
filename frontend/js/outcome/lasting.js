// Kaplan-Meier: the share of sustained responses kept, by days, with its interval as a band, and the
// numbers at risk below.
import { areaY, axisX, axisY, gridY, line, plot, ruleY, text } from "@observablehq/plot";

const [LEFT, RIGHT] = [56, 24];
// Pixels that "n 23" takes with the space behind it; where two have no room the later one goes.
const NUMBER = 40;

export function lastingChart(data, width) {
  const longest = Math.max(...data.kept.map((step) => step.day));
  return plot({
    width,
    height: 320,
    marginLeft: LEFT,
    marginRight: RIGHT,
    marginBottom: 64,
    insetRight: 8,
    ariaLabel: "Share of sustained responses kept, by days",
    x: { domain: [0, longest] },
    y: { domain: [0, 1] },
    marks: [
      gridY({ stroke: "var(--line)", strokeOpacity: 1, ticks: 4 }),
      axisY({ ticks: 4, tickFormat: (share) => `${Math.round(share * 100)} %`, label: "kept" }),
      axisX({ label: "days since the response was first seen", labelAnchor: "center", labelOffset: 56 }),
      ruleY([0], { stroke: "var(--muted)" }),
      areaY(data.band, { x: "day", y1: "low", y2: "high", curve: "step-after", fill: "var(--harbour-ground)" }),
      line(data.kept, { x: "day", y: "share", curve: "step-after", stroke: "var(--harbour)", strokeWidth: 2 }),
      text(apart(data.at_risk, (NUMBER * longest) / (width - LEFT - RIGHT)), {
        x: "day",
        frameAnchor: "bottom",
        dy: 36,
        text: (risk) => `n ${risk.count}`,
        fill: "var(--muted)",
      }),
    ],
  });
}

function apart(risks, days) {
  let last = -Infinity;
  return risks.filter((risk) => {
    if (risk.day - last < days) return false;
    last = risk.day;
    return true;
  });
}
