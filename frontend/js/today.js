// Keeps the work list of the day current: the server says when to look again. The list also
// refetches itself every 30 seconds, so that a hint may be lost without harm.
import { follow } from "./live.js";

export function followToday() {
  const list = document.getElementById("today-list");
  if (list) follow("today", () => window.htmx.trigger(list, "refresh"));
}
