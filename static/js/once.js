// A form that is on its way is not sent again: its buttons rest until the page is left, or shown again by the Back button.
// The server holds as well; this only spares the second click its refusal.

const sending = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (sending.has(form)) return event.preventDefault();
  sending.add(form);
  // A disabled button is not sent with its form, so the pressed one is disabled only after the form has been read.
  setTimeout(() => rest(form, true));
  // An answer that is a file leaves the page where it is.
  setTimeout(() => release(form), 10000);
});

window.addEventListener("pageshow", () => {
  for (const form of document.forms) release(form);
});

function release(form) {
  sending.delete(form);
  rest(form, false);
}

function rest(form, on) {
  for (const button of form.elements) {
    if (button.type !== "submit") continue;
    if (on && !button.disabled) {
      button.disabled = true;
      button.dataset.resting = "";
    } else if (!on && "resting" in button.dataset) {
      button.disabled = false;
      delete button.dataset.resting;
    }
  }
}
