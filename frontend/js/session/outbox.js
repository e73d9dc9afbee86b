// Entries on their way: stored on this device first, sent in order, removed when the server has
// them. What the server refuses stays until someone deals with it. No patient's name is kept here,
// only the session's id and what was entered.
import { openDB } from "idb";

const opened = openDB("mooring", 1, {
  upgrade(database) {
    database.createObjectStore("outbox", { keyPath: "place", autoIncrement: true });
  },
});

export async function put(entry) {
  return (await opened).add("outbox", entry);
}

export async function waiting() {
  return (await opened).getAll("outbox");
}

export async function remove(place) {
  return (await opened).delete("outbox", place);
}

// `refused` are the reasons; `held` says that it is drug that can still be opened or charted.
export async function mark(entry, refused, held = null) {
  return (await opened).put("outbox", { ...entry, refused, held });
}
