// Something is being made: asks now and then how far it is, says so, and puts the link there when it is done.

const WAIT = 1500;
const LONGEST = 15000;

for (const box of document.querySelectorAll("[data-progress]")) watch(box, WAIT);

function watch(box, wait) {
  setTimeout(async () => {
    let told;
    try {
      const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      told = await answer.json();
    } catch {
      // The connection or the session is gone for the moment; the Refresh link is still there.
      return watch(box, Math.min(wait * 2, LONGEST));
    }
    say(box, told);
    if (!told.done) watch(box, Math.min(wait * 1.2, LONGEST));
  }, document.hidden ? LONGEST : wait);
}

function say(box, told) {
  const words = box.querySelector("[data-progress-words]");
  if (words.textContent !== told.words) words.textContent = told.words;
  if (!told.done) return;
  box.querySelector("progress")?.remove();
  const refresh = box.querySelector("[data-progress-refresh]");
  if (!told.url) return refresh?.remove();
  const link = document.createElement("a");
  link.href = told.url;
  link.textContent = told.label ?? "Open it";
  refresh?.replaceChildren(link);
}
