// The bedside page.
import { drawChart } from "./session/chart.js";
import { clockTime, correctFrom, keepTime, useZone } from "./session/clock.js";
import { inWords } from "./session/content.js";
import { refetch, silentSince, startFollowing } from "./session/following.js";
import { showNewest, waitingReadings } from "./session/newest.js";
import { fetchWhatIsOpened } from "./session/older.js";
import { startPanels } from "./session/panels.js";
import { after, showPhase } from "./session/phase.js";
import { standing, startSending } from "./session/sending.js";
import { tell } from "./session/telling.js";

const page = document.querySelector("[data-session]");
const { session, by, zone, entryUrl, openedUrl, liveUrl, chartUrl } = page.dataset;
let said = { phase: page.dataset.phase };
let limits = [];
let drawing = null;

useZone(zone);
correctFrom(document.getElementById("live"));

function refresh() {
  keepTime();
  tell({ sending: standing(), silent: silentSince(), limits, clockTime, inWords });
}

function showWhereItStands() {
  showPhase(after(said.phase, standing().waiting, session), said.ready === "yes");
  const { waiting } = standing();
  showNewest(waiting, session);
  if (drawing) drawChart(document.getElementById("chart"), drawing, waitingReadings(waiting, session));
  refresh();
}

startPanels({ sessionId: session, onStored: showWhereItStands, openedUrl, refresh: refetch });
fetchWhatIsOpened();
startFollowing({
  topic: `session:${session}`,
  live: liveUrl,
  chart: chartUrl,
  onDrawn(state, chart) {
    said = state;
    limits = chart.stops;
    drawing = chart;
    showWhereItStands();
  },
});
let last = 0;
startSending({
  by,
  entryUrl: (id) => entryUrl.replace(session, id),
  changed(state) {
    if (state.waiting.length < last) refetch();
    last = state.waiting.length;
    showWhereItStands();
  },
});
setInterval(refresh, 1000);
