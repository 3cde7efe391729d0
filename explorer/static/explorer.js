// Conveniences. Every page works without this file.
"use strict";

// Copy a query: the button names the element whose text is copied.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copy).textContent;
  const word = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No permission, or not a secure address: select it, so that the keyboard can copy.
    const place = document.getElementById(button.dataset.copy);
    place.closest("details").open = true;
    window.getSelection().selectAllChildren(place);
    return;
  }
  button.textContent = button.dataset.copied;
  button.setAttribute("aria-live", "polite");
  setTimeout(() => { button.textContent = word; }, 1500);
});

// A filter applies itself when a choice is made.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form && event.target.tagName === "SELECT") form.requestSubmit();
});
