// In place: a link to the small form of one cell opens it where the words stand. Escape, or leaving it, brings them back.
// Without this script the link leads to the same form on a page of its own; a form with something wrong does so too.

document.addEventListener("click", async (event) => {
  const leave = event.target.closest("form[data-cell] [data-leave]");
  if (leave && opened) return close(event);
  const link = event.target.closest("a[data-cell]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (opened) close();
  const form = await fetched(link.href);
  if (!form) return location.assign(link.href);
  opened = { link, form };
  link.hidden = true;
  link.after(form);
  form.querySelector("textarea, input[type=text], select")?.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && opened?.form.contains(event.target)) close(event);
});

let opened;

function close(event) {
  event?.preventDefault();
  opened.form.remove();
  opened.link.hidden = false;
  opened.link.focus();
  opened = undefined;
}

async function fetched(address) {
  try {
    const answer = await fetch(address);
    if (!answer.ok || answer.redirected) return null;
    const form = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("form[data-cell]");
    form?.classList.add("incell");
    return form && document.importNode(form, true);
  } catch {
    return null;
  }
}
