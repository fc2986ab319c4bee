// A refused form puts the reader at its summary, and a link of the summary puts the cursor into the box, its label in view.

const summary = document.querySelector(".errors");

function show(link) {
  const box = document.getElementById(link.hash.slice(1));
  if (!box) return false;
  for (let fold = box.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const heading = box.closest("fieldset")?.querySelector("legend") ?? document.querySelector(`label[for="${CSS.escape(box.id)}"]`);
  (heading ?? box).scrollIntoView();
  box.focus({ preventScroll: true });
  return true;
}

summary?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (link && show(link)) event.preventDefault();
});
summary?.focus();
