// Keeps <time data-age datetime="…"> ("2 min ago") and <time data-until datetime="…"> current.

export function span(seconds) {
  for (const [size, unit] of [
    [86400, "d"],
    [3600, "h"],
    [60, "min"],
  ]) {
    if (seconds >= size) return `${Math.floor(seconds / size)} ${unit}`;
  }
  return `${seconds} s`;
}

export function clock(seconds) {
  const sign = seconds < 0 ? "−" : "";
  const whole = Math.abs(Math.trunc(seconds));
  return `${sign}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function refresh(now) {
  for (const element of document.querySelectorAll("time[data-age]")) {
    const seconds = Math.max(0, Math.round((now - Date.parse(element.dateTime)) / 1000));
    element.textContent = `${span(seconds)} ago`;
  }
  for (const element of document.querySelectorAll("time[data-until]")) {
    const seconds = Math.round((Date.parse(element.dateTime) - now) / 1000);
    element.textContent = seconds >= 0 ? `in ${clock(seconds)}` : `${clock(-seconds)} late`;
  }
}

export function keepAges() {
  refresh(Date.now());
  setInterval(() => refresh(Date.now()), 1000);
}
