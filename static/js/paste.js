// Rows pasted from Word or Excel: the lines of the paste become rows of the grid, its columns the boxes from the cursor on.

const form = document.querySelector("form[data-rows]");
const boxesOf = (row) => [...row.querySelectorAll(".grid__row :is(textarea, input[type=text], select)")];

form.addEventListener("paste", (event) => {
  const row = event.target.closest("[data-row]");
  const place = row ? boxesOf(row).indexOf(event.target) : -1;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const lines = cells(text).filter((line) => line.some(Boolean));
  const isOneCell = lines.length === 1 && lines[0].length === 1;
  if (place < 0 || !lines.length || isOneCell || (place > 0 && lines[0].length === 1)) return;
  event.preventDefault();
  if (lines.length > 200) return tell("That is more than 200 rows. Nothing was pasted.");
  const unknown = new Set();
  let target = row;
  lines.forEach((line, number) => {
    target = room(target, place, line.length, number > 0);
    const boxes = boxesOf(target).slice(place);
    line.slice(0, boxes.length).forEach((words, column) => fill(boxes[column], words) || unknown.add(words));
  });
  const said = `${lines.length} ${lines.length === 1 ? "row" : "rows"} pasted. Look at them before you save.`;
  tell(unknown.size ? `${said} Not among the names to choose from: ${[...unknown].join("; ")}.` : said);
  form.dispatchEvent(new Event("input", { bubbles: true }));
});

// Tab-separated lines; a cell of several lines stands in quotes.
function cells(text) {
  const parts = [...text.replace(/\r\n?/g, "\n").matchAll(/("(?:[^"]|"")*"|[^\t\n]*)(\t|\n|$)/g)];
  const lines = [[]];
  for (const [, cell, end] of parts) {
    const words = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
    lines.at(-1).push(words.replace(/\s+/g, " ").replace(/^(?:[•·▪◦●○■►➢✓Ø\uf000-\uf0ff]\s*|[o–-]\s+)+/, "").trim());
    if (end === "\n") lines.push([]);
  }
  return lines;
}

// Where a line goes: a row whose boxes are empty. What stands there already is never written over: a new row comes before it.
function room(row, place, wide, isNext) {
  const rows = () => [...form.querySelectorAll(`[data-row="${row.dataset.row}"]`)];
  const target = isNext ? rows()[rows().indexOf(row) + 1] : row;
  if (target && boxesOf(target).slice(place, place + wide).every((box) => !box.value.trim())) return target;
  row.dispatchEvent(new Event("rowbelow", { bubbles: true }));
  return rows()[rows().indexOf(row) + 1];
}

// Whether the words found their place. A name is chosen where exactly one fits it.
function fill(box, words) {
  if (box.tagName !== "SELECT") box.value = words;
  if (box.tagName !== "SELECT" || !words) return true;
  const found = [...box.options].filter((one) => one.text && one.text.toLowerCase().includes(words.toLowerCase()));
  if (found.length === 1) box.value = found[0].value;
  return found.length === 1;
}

function tell(words) {
  form.querySelector("[data-said]").textContent = words;
}
