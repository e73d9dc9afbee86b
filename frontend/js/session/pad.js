// The number pad: digits go into the chosen field, which hands on to the next one when it is full.

// Full: three digits, or two when a third would take it over its largest value.
export function isFull(text, max) {
  return text.length >= 3 || (text !== "" && Number(text) * 10 > max);
}

export function padFor(form) {
  const fields = [...form.querySelectorAll(".vital input")];
  let current = fields[0];

  for (const field of fields) {
    field.addEventListener("focus", () => choose(field));
    field.addEventListener("input", () => typed(field));
    field.addEventListener("keydown", (event) => {
      if (event.key === "/") {
        event.preventDefault();
        if (field.value !== "") next(field);
      }
    });
  }
  for (const key of form.querySelectorAll(".keys button")) {
    key.addEventListener("click", () => press(key.value));
  }

  function choose(field) {
    current = field;
    for (const each of fields) each.closest(".vital").classList.toggle("chosen", each === field);
  }

  function typed(field) {
    field.value = field.value.replace(/\D/g, "").slice(0, 3);
    say("");
    if (isFull(field.value, Number(field.max))) next(field);
  }

  function next(field) {
    const following = fields[fields.indexOf(field) + 1];
    if (following) following.focus();
  }

  function press(key) {
    if (key === "back") {
      current.value = current.value.slice(0, -1);
      say("");
    } else if (key === "next") {
      next(current);
    } else {
      current.value += key;
      typed(current);
    }
    current.focus();
  }

  function say(problem) {
    form.querySelector(".problem").textContent = problem;
  }

  return {
    start() {
      say("");
      fields[0].focus();
      choose(fields[0]);
    },
    // Says what would be right and chooses the field; true when nothing is in the way.
    check() {
      const found = firstProblem(fields);
      say(found?.say ?? "");
      found?.field.focus();
      if (found) form.querySelector(".problem").scrollIntoView({ block: "nearest" });
      return !found;
    },
  };
}

function firstProblem(fields) {
  const [systolic, diastolic] = fields;
  if (fields.every((field) => field.value === "")) {
    return { field: systolic, say: "Enter at least one value." };
  }
  for (const field of fields) {
    const [value, min, max] = [Number(field.value), Number(field.min), Number(field.max)];
    if (field.value !== "" && (value < min || value > max)) {
      const say = `${field.dataset.name} ${value}: it lies between ${min} and ${max}. Look again.`;
      return { field, say };
    }
  }
  return pairProblem(systolic, diastolic);
}

function pairProblem(systolic, diastolic) {
  if ((systolic.value === "") !== (diastolic.value === "")) {
    const field = systolic.value === "" ? systolic : diastolic;
    return { field, say: "A blood pressure needs both values, for example 120/78." };
  }
  if (systolic.value !== "" && Number(systolic.value) <= Number(diastolic.value)) {
    const say = `${systolic.value}/${diastolic.value}: the first value must be the higher one.`;
    return { field: systolic, say };
  }
  return null;
}
