// On every page: the idle lock, and the ages of things kept true without asking the server.
import { watchIdle } from "./idle.js";
import { keepAges } from "./ages.js";

watchIdle();
keepAges();
