// The outcome pages: the course of one patient's scores, and how long a response lasts.
import { courseChart } from "./outcome/course.js";
import { keepDrawn } from "./outcome/figure.js";
import { lastingChart } from "./outcome/lasting.js";

for (const figure of document.querySelectorAll("[data-outcome]")) {
  keepDrawn(figure, figure.dataset.outcome, courseChart);
}
for (const figure of document.querySelectorAll("[data-lasting]")) {
  keepDrawn(figure, figure.dataset.lasting, lastingChart);
}
