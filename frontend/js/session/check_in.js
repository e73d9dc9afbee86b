// The check-in: chips for what was taken and by what the patient was known. A group in which nothing
// was touched is not asked and is left out; its "None" chip is the answer none, an empty list.
const NAMES = { substances: "substance", medicines: "name" };

export function startCheckIn(form) {
  form.addEventListener("change", (event) => {
    const { target } = event;
    if (target.matches("[type=radio]")) clearExact(form, target.name);
    if (target.matches("[data-instead-of]") && target.value) clearSpan(form, target.dataset.insteadOf);
    const list = target.closest("[data-list]");
    if (list && target.matches("[data-none], [data-item]")) choose(list, target);
    if (list && target.name === "medicines_today" && target.value.trim()) none(list).checked = false;
  });
  // A draft that is filled in again says so with an input event.
  form.addEventListener("input", (event) => {
    const list = event.target.closest("[data-list]");
    if (list) showMore(list);
  });
}

export function checkInAnswers(form) {
  const answers = {};
  const known = [...form.querySelectorAll("[data-identifier]:checked")];
  if (known.length) answers.identified_by = known.map((box) => box.dataset.identifier);
  for (const list of form.querySelectorAll("[data-list]")) {
    const items = [...list.querySelectorAll("[data-item]:checked")].map((box) => itemOf(list, box.dataset.item));
    if (items.length || none(list).checked) answers[list.dataset.list] = items;
  }
  return answers;
}

export function fillCheckIn(form, content) {
  for (const box of form.querySelectorAll("[data-identifier]")) {
    box.checked = content.identified_by?.includes(box.dataset.identifier) ?? false;
  }
  for (const list of form.querySelectorAll("[data-list]")) {
    const { list: name } = list.dataset;
    const items = content[name];
    none(list).checked = items?.length === 0;
    for (const item of items ?? []) showItem(list, name, item);
    showMore(list);
  }
}

// Says what is missing before it is sent; empty when nothing is.
export function checkInProblem(form) {
  const other = form.querySelector("[data-item=other]:checked");
  if (!other) return "";
  const field = form.querySelector('[data-more="other"] [data-part=detail]');
  return field.value.trim() ? "" : "Say which other substance it was.";
}

function itemOf(list, name) {
  const item = { [NAMES[list.dataset.list]]: name };
  for (const part of moreOf(list, name).querySelectorAll("[data-part]")) {
    if (part.value.trim()) item[part.dataset.part] = part.value.trim();
  }
  return item;
}

function showItem(list, kind, item) {
  const name = item[NAMES[kind]];
  const box = boxOf(list, name) ?? add(list, name);
  box.checked = true;
  for (const part of moreOf(list, name).querySelectorAll("[data-part]")) {
    part.value = item[part.dataset.part] ?? "";
  }
}

// A medicine that has left the list meanwhile: a chip of its own, after the pattern of the last.
function add(list, name) {
  const choice = none(list).closest("label").cloneNode(true);
  choice.lastChild.textContent = name;
  const box = choice.querySelector("input");
  delete box.dataset.none;
  box.dataset.item = name;
  none(list).closest(".choices").append(choice);
  const pattern = document.querySelector("[data-list=substances] .more").cloneNode(true);
  pattern.dataset.more = name;
  const [amount] = pattern.querySelectorAll("[data-part]");
  amount.dataset.part = "dose";
  amount.closest("label").firstChild.textContent = `${name}: how much`;
  list.append(pattern);
  return box;
}

function choose(list, target) {
  if (target === none(list) && target.checked) {
    for (const box of list.querySelectorAll("[data-item]")) box.checked = false;
  } else if (target.checked) {
    none(list).checked = false;
  }
  showMore(list);
}

function showMore(list) {
  for (const more of list.querySelectorAll("[data-more]")) {
    more.hidden = !boxOf(list, more.dataset.more).checked;
  }
}

function none(list) {
  return list.querySelector("[data-none]");
}

function boxOf(list, name) {
  return [...list.querySelectorAll("[data-item]")].find((box) => box.dataset.item === name);
}

function moreOf(list, name) {
  return [...list.querySelectorAll("[data-more]")].find((more) => more.dataset.more === name);
}

function clearExact(form, name) {
  const exact = form.querySelector(`[data-instead-of="${name}"]`);
  if (exact) exact.value = "";
}

function clearSpan(form, name) {
  for (const radio of form.querySelectorAll(`[name="${name}"]`)) radio.checked = false;
}
