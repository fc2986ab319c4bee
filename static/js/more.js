// Folds: which stand open is remembered for this page on this device, by id alone, nothing of what is in them.
// Paper shows them all, and a browser that cannot hold a fold open by style alone has it opened here on a wide screen.

const key = `open:${location.pathname}`;
const folds = [...document.querySelectorAll("details[id]")];
const everything = () => document.querySelectorAll("main details");

function remembered() {
  try {
    return new Set(JSON.parse(localStorage.getItem(key) ?? "[]"));
  } catch {
    return new Set();
  }
}

function remember() {
  const ids = folds.filter((fold) => fold.open).map((fold) => fold.id);
  try {
    if (ids.length) localStorage.setItem(key, JSON.stringify(ids));
    else localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing still folds.
  }
}

const open = remembered();
for (const fold of folds) {
  if (open.has(fold.id)) fold.open = true;
  fold.addEventListener("toggle", () => printing || remember());
}

// A link to something inside a fold opens it.
function unfold() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}
window.addEventListener("hashchange", unfold);
unfold();

const wide = matchMedia("(min-width: 64rem)");
if (!CSS.supports("selector(::details-content)") && wide.matches) {
  for (const fold of document.querySelectorAll(".card-fold, .queue-fold")) fold.open = true;
}

// A menu of the header closes when one looks elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".switch[open], .rowmenu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.(".switch[open], .rowmenu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

let printing = false;
const shut = new Set();
window.addEventListener("beforeprint", () => {
  printing = true;
  for (const fold of everything()) if (!fold.open) shut.add(fold), (fold.open = true);
});
window.addEventListener("afterprint", () => {
  for (const fold of shut) fold.open = false;
  shut.clear();
  setTimeout(() => (printing = false));
});
