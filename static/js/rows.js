// The rows of a form[data-rows]: added, moved, copied and removed in place. The buttons are those that send the page where
// there is no script, so both ways do the same. A removed row can be put back until the page is left.

const form = document.querySelector("form[data-rows]");
const rowsOf = (kind) => [...form.querySelectorAll(`[data-row="${kind}"]`)];
const everyBox = (row) => [...row.querySelectorAll("textarea, input[type=text], select")];
const firstBox = (row) => everyBox(row)[0];
const isBlank = (row) => everyBox(row).every((box) => !box.value.trim());
const place = (row) => rowsOf(row.dataset.row).indexOf(row);
const name = (row) => `${row.dataset.row === "action" ? "Action" : "Criterion"} ${place(row) + 1}`;
const copyOf = (id) => document.getElementById(id).content.querySelector("tbody").cloneNode(true);

function blank(kind, before = rowsOf(kind).at(-1)) {
  const keys = [...form.querySelectorAll(`input[name="${kind}"]`)].map((one) => Number(one.value));
  const key = 1 + Math.max(0, ...keys);
  const made = document.createElement("template");
  made.innerHTML = document.getElementById(`blank-${kind}`).innerHTML.replaceAll("__KEY__", key);
  const row = made.content.querySelector("tbody");
  if (before) before.after(row);
  else form.querySelector(`[data-table="${kind}"]`).append(row);
  return row;
}

function number(kind) {
  for (const row of rowsOf(kind)) for (const one of row.querySelectorAll("[data-number]")) one.textContent = place(row) + 1;
}

function settle(kind, words, box) {
  number(kind);
  form.querySelector("[data-said]").textContent = words;
  box?.focus();
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function move(row, by) {
  const other = rowsOf(row.dataset.row)[place(row) + by];
  if (!other) return;
  other[by < 0 ? "before" : "after"](row);
  settle(row.dataset.row, `It is now ${name(row).toLowerCase()}.`, row.querySelector(".rowmenu summary"));
}

const deeds = {
  // The first of the empty rows at the end, with another made behind it.
  add(row, kind) {
    blank(kind);
    const rows = rowsOf(kind);
    const filled = rows.findLastIndex((one) => !isBlank(one));
    settle(kind, `${name(rows[filled + 1])} is ready.`, firstBox(rows[filled + 1]));
  },
  up: (row) => move(row, -1),
  down: (row) => move(row, 1),
  copy(row, kind) {
    const made = blank(kind, row);
    const from = everyBox(row);
    everyBox(made).forEach((box, number) => box.name.endsWith("-heading") || (box.value = from[number].value));
    settle(kind, `${name(row)} is copied.`, firstBox(made));
  },
  remove(row, kind) {
    const said = `${name(row)} is removed.`;
    const line = copyOf("removed");
    line.querySelector("span").textContent = said;
    line.querySelector("button").addEventListener("click", () => {
      line.replaceWith(row);
      settle(kind, `${name(row)} is back.`, firstBox(row));
    });
    row.replaceWith(line);
    if (isBlank(row)) line.remove();
    settle(kind, said, line.isConnected ? line.querySelector("button") : firstBox(rowsOf(kind).at(-1) ?? blank(kind)));
  },
};

// What is pasted asks for a row where it needs one.
form.addEventListener("rowbelow", ({ target }) => {
  blank(target.dataset.row, target);
  number(target.dataset.row);
});

for (const hint of document.querySelectorAll("[data-script]")) hint.hidden = false;

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=do]");
  const [deed, kind] = button?.value.split("-") ?? [];
  if (!deeds[deed]) return;
  event.preventDefault();
  if (button.closest(".rowmenu")) button.closest(".rowmenu").open = false;
  deeds[deed](button.closest("[data-row]"), kind);
});
