// Sends what waits in the outbox, in order: at once, every 3 seconds, and when a network returns.
import { csrfToken } from "../asking.js";
import { mark, put, remove, waiting } from "./outbox.js";

const AGAIN_AFTER = 3000;
const PATIENCE = 10000;
// What is sent by itself is no touch: a screen left alone locks although its outbox goes on.
const BY_ITSELF = { "X-Mooring-Background": "1" };
const TOUCHED = {};

const state = { waiting: [], sentAt: null, aloneSince: null, blocked: null };
let onChange = () => {};
let me = null;
let address = () => "";
let busy = null;

export function standing() {
  return state;
}

export function startSending({ by, entryUrl, changed }) {
  me = by;
  address = entryUrl;
  onChange = changed;
  addEventListener("online", () => flush());
  addEventListener("mooring:unlocked", unlocked);
  setInterval(() => state.waiting.length && flush(), AGAIN_AFTER);
  return flush();
}

export async function store(entry) {
  await put({ ...entry, by: me, stored_at: new Date().toISOString() });
  await flush(TOUCHED);
}

// Whoever opened the screen has shown who they are: what waited for that goes on its way.
async function unlocked() {
  for (const entry of await waiting()) {
    if (entry.held?.prove && entry.by === me) await mark(entry, null);
  }
  await flush();
}

export async function dealtWith(place) {
  await remove(place);
  await look();
}

export async function tryAgain(entry) {
  await mark(entry, null);
  await flush(TOUCHED);
}

// One run at a time; an entry stored meanwhile is taken along.
export function flush(how = BY_ITSELF) {
  const next = () => run(how);
  busy = (busy ?? Promise.resolve()).then(next, next);
  return busy;
}

async function run(how) {
  await look();
  state.blocked = null;
  for (const entry of state.waiting) {
    if (entry.refused) continue;
    if (entry.by !== me) {
      state.blocked = "someone else";
      continue;
    }
    const verdict = await send(entry, how);
    if (verdict === "later") break;
  }
  await look();
}

async function look() {
  state.waiting = await waiting();
  onChange(state);
}

async function send(entry, how) {
  let response;
  try {
    response = await fetch(address(entry.session), {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken(), "X-Mooring-By": entry.by, ...how },
      body: JSON.stringify({ id: entry.id, effective_at: entry.effective_at, content: entry.content }),
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    state.aloneSince ??= Date.now();
    return "later";
  }
  return judge(entry, response);
}

async function judge(entry, response) {
  if (response.type === "opaqueredirect" || response.status === 401) {
    state.blocked = "sign in";
    if (response.status === 401) dispatchEvent(new CustomEvent("mooring:locked"));
    return "later";
  }
  if (response.status === 412) {
    state.blocked = "someone else";
    return "later";
  }
  if (response.status >= 500 || response.status === 429) {
    state.aloneSince ??= Date.now();
    return "later";
  }
  state.aloneSince = null;
  if (response.ok) {
    state.sentAt = Date.now();
    await remove(entry.place);
  } else {
    const { said, held } = await reasons(response);
    await mark(entry, said, held);
  }
  return "done";
}

async function reasons(response) {
  try {
    const answer = await response.json();
    const said = answer.reasons ?? answer.problems.map((problem) => `${problem.field}: ${problem.say}`);
    if (answer.prove) return { said, held: { prove: true } };
    return { said, held: answer.held ? { secondPerson: answer.second_person } : null };
  } catch {
    return { said: ["Your account may not write this here."], held: null };
  }
}

// Somebody heard from the server in another way: it is there again.
export function heardFromServer() {
  if (state.aloneSince !== null) {
    state.aloneSince = null;
    flush();
  }
}
