// Enter in a cell of a form[data-rows] goes to the row below; in the last row it begins a new one. Shift and Enter: a new line.

const form = document.querySelector("form[data-rows]");
const boxesOf = (row) => [...row.querySelectorAll(".grid__row :is(textarea, input[type=text], select)")];

form.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-row]");
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !row || !event.target.matches("input, textarea")) return;
  event.preventDefault();
  const rows = [...form.querySelectorAll(`[data-row="${row.dataset.row}"]`)];
  const below = rows[rows.indexOf(row) + 1];
  if (below) boxesOf(below)[Math.max(0, boxesOf(row).indexOf(event.target))].focus();
  else form.querySelector(`button[value="add-${row.dataset.row}"]`).click();
});
