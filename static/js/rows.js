// The rows of a form[data-rows]: added, moved, copied, removed and pasted in place; Enter goes down, and in the last row
// begins a new one. The buttons are those that send the page where there is no script, so both ways do the same.

const form = document.querySelector("form[data-rows]");
const rowsOf = (kind) => [...form.querySelectorAll(`[data-row="${kind}"]`)];
const boxesOf = (row) => [...row.querySelectorAll(".grid__row :is(textarea, input[type=text], select)")];
const isBlank = (row) => [...row.querySelectorAll(":is(textarea, input[type=text], select)")].every((box) => !box.value.trim());
const number = (row) => rowsOf(row.dataset.row).indexOf(row) + 1;
const name = (row) => `${row.dataset.row === "action" ? "Action" : "Criterion"} ${number(row)}`;

function blank(kind, before = null) {
  const last = rowsOf(kind).at(-1);
  const key = 1 + Math.max(0, ...[...form.querySelectorAll(`input[name="${kind}"]`)].map((one) => Number(one.value)));
  const made = document.createElement("template");
  made.innerHTML = document.getElementById(`blank-${kind}`).innerHTML.replaceAll("__KEY__", key);
  const row = made.content.querySelector("[data-row]");
  const table = form.querySelector(`[data-table="${kind}"]`);
  before ? before.after(row) : last ? last.after(row) : table.append(row);
  return row;
}

function settle(kind, words, box) {
  for (const row of rowsOf(kind)) for (const one of row.querySelectorAll("[data-number]")) one.textContent = number(row);
  form.querySelector("[data-said]").textContent = words;
  box?.focus();
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

// The first of the empty rows at the end, with another made behind it.
function next(kind) {
  blank(kind);
  const rows = rowsOf(kind);
  let first = rows.length - 1;
  while (first > 0 && isBlank(rows[first - 1])) first -= 1;
  settle(kind, `${name(rows[first])} is ready.`, boxesOf(rows[first])[0]);
}

function move(row, other, place) {
  if (other?.dataset?.row !== row.dataset.row) return;
  other[place](row);
  settle(row.dataset.row, `It is now ${name(row).toLowerCase()}.`, row.querySelector(".rowmenu summary"));
}

const deeds = {
  add: (row, kind) => next(kind),
  up: (row) => move(row, row.previousElementSibling, "before"),
  down: (row) => move(row, row.nextElementSibling, "after"),
  copy(row, kind) {
    const made = blank(kind, row);
    const from = row.querySelectorAll("textarea, input[type=text], select");
    made.querySelectorAll("textarea, input[type=text], select").forEach((box, place) => (box.value = from[place].value));
    settle(kind, `${name(row)} is copied.`, boxesOf(made)[0]);
  },
  remove(row, kind) {
    const said = `${name(row)} is removed.`;
    const beside = rowsOf(kind)[number(row)] ?? rowsOf(kind)[number(row) - 2] ?? blank(kind);
    row.remove();
    settle(kind, said, boxesOf(beside)[0]);
  },
};

for (const hint of document.querySelectorAll("[data-script]")) hint.hidden = false;

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=do]");
  const [deed, kind] = button?.value.split("-") ?? [];
  if (!deeds[deed]) return;
  event.preventDefault();
  if (button.closest(".rowmenu")) button.closest(".rowmenu").open = false;
  deeds[deed](button.closest("[data-row]"), kind);
});

form.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-row]");
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !row || !event.target.matches("input, textarea")) return;
  event.preventDefault();
  const below = rowsOf(row.dataset.row)[number(row)];
  below ? boxesOf(below)[Math.max(0, boxesOf(row).indexOf(event.target))].focus() : next(row.dataset.row);
});
