// A form[data-at-once] is saved without leaving the page: the answer takes the place of the nearest [data-place], what it
// says is read out, and the next one can be typed. Without a script, or where that fails, it is sent like any other form.

document.addEventListener("submit", send, true); // before once.js rests its buttons

async function send(event) {
  const form = event.target;
  if (!form.matches("form[data-at-once]") || form.dataset.plainly) return;
  event.preventDefault();
  event.stopPropagation();
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-In-Place": "1" } });
    const fresh = answer.redirected ? null : placeIn(await answer.text());
    if (!fresh) return plainly(form);
    replace(form.closest("[data-place]"), fresh);
  } catch {
    delete form.dataset.sending;
    said(form.closest("[data-place]"), "Not saved: there is no connection. Your words are still here; try again.", true);
  }
}

function placeIn(text) {
  return new DOMParser().parseFromString(text, "text/html").querySelector("[data-place]");
}

function plainly(form) {
  form.dataset.plainly = "yes";
  form.submit();
}

function replace(old, fresh) {
  old.replaceWith(fresh);
  said(fresh, fresh.dataset.said, false);
  const box = fresh.querySelector("[aria-invalid=true]") ?? fresh.querySelector("form select, form input:not([type=hidden]), form textarea");
  box?.focus();
}

function said(place, words, shown) {
  const line = place.parentElement.querySelector("[data-says]");
  line.classList.toggle("vh", !shown);
  line.textContent = words;
}
