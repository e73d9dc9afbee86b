// On every page: the idle lock, the dark room, and the ages of things kept true without asking the
// server; on Today the work list kept current.
import { watchIdle } from "./idle.js";
import { keepAges } from "./ages.js";
import { openCards } from "./card.js";
import { keepDrafts } from "./drafts.js";
import { keepPinCheck } from "./pin.js";
import { showRefusals } from "./refusal.js";
import { watchPasskeys } from "./passkey.js";
import { dimRooms } from "./room.js";
import { followToday } from "./today.js";

watchIdle();
keepPinCheck();
keepDrafts();
showRefusals();
dimRooms();
keepAges();
followToday();
openCards();
watchPasskeys();
