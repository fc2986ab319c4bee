// "Copy the wording": <button type="button" hidden data-copy="id of the text">. Without a script it stays hidden.

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = label), 2000);
    });
  }
}
