// Kaplan-Meier: the share of sustained responses kept, by days, with the numbers at risk below.
import { axisX, axisY, gridY, line, plot, ruleY, text } from "@observablehq/plot";

export function lastingChart(data, width) {
  return plot({
    width,
    height: 320,
    marginLeft: 56,
    marginRight: 24,
    marginBottom: 64,
    insetRight: 8,
    ariaLabel: "Share of sustained responses kept, by days",
    x: { domain: [0, Math.max(...data.kept.map((step) => step.day))] },
    y: { domain: [0, 1] },
    marks: [
      gridY({ stroke: "var(--line)", strokeOpacity: 1, ticks: 4 }),
      axisY({ ticks: 4, tickFormat: (share) => `${Math.round(share * 100)} %`, label: "kept" }),
      axisX({ label: "days since the response was first seen", labelAnchor: "center", labelOffset: 56 }),
      ruleY([0], { stroke: "var(--muted)" }),
      line(data.kept, { x: "day", y: "share", curve: "step-after", stroke: "var(--harbour)", strokeWidth: 2 }),
      text(data.at_risk, {
        x: "day",
        frameAnchor: "bottom",
        dy: 36,
        text: (risk) => `n ${risk.count}`,
        fill: "var(--muted)",
      }),
    ],
  });
}
