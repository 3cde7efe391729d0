// From a figure to its fact and back, without leaving the place. Without this file the links jump.
"use strict";

(() => {
  const paper = document.getElementById("report-text");
  if (!paper) return;

  // A panel scrolls by itself; the page scrolls only where the element would be out of sight.
  const show = (element, panel) => {
    const height = element.getBoundingClientRect().height;
    const above = Math.max(48, (panel.clientHeight - height) / 3);
    panel.scrollTop += element.getBoundingClientRect().top - panel.getBoundingClientRect().top - above;
    const { top } = element.getBoundingClientRect();
    if (top < 56 || top > window.innerHeight - 120) window.scrollBy(0, top - window.innerHeight / 3);
  };

  const flash = (number) => {
    for (const old of paper.querySelectorAll(".flash")) old.classList.remove("flash");
    const pieces = [...paper.querySelectorAll(`a[data-facts~="${CSS.escape(number)}"]`)];
    for (const piece of pieces) {
      void piece.offsetWidth;  // begins the flash anew where it is still fading
      piece.classList.add("flash");
    }
    return pieces[0];
  };

  const toText = (number) => {
    const first = flash(number) ?? document.getElementById(`at-${number}`);
    if (!first) return false;
    show(first, paper);
    first.focus({ preventScroll: true });
    return true;
  };

  const toFact = (number) => {
    const place = document.getElementById(`fact-${number}`);
    if (!place) return false;
    for (let parent = place.parentElement; parent; parent = parent.parentElement) {
      if (parent.tagName === "DETAILS") parent.open = true;
    }
    flash(number);
    const entry = place.closest("li");
    show(entry, entry.closest(".facts"));
    (entry.querySelector("summary") ?? entry.querySelector("a")).focus({ preventScroll: true });
    return true;
  };

  const follow = (hash) => {
    const match = /^#(at|fact)-([\w-]+)$/.exec(hash);
    if (!match) return false;
    return match[1] === "at" ? toText(match[2]) : toFact(match[2]);
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    const hash = link.getAttribute("href");
    if (hash.startsWith("#check-") || hash.startsWith("#share-")) {
      for (let parent = document.getElementById(hash.slice(1)); parent; parent = parent.parentElement) {
        if (parent.tagName === "DETAILS") parent.open = true;
      }
      return;
    }
    if (follow(hash)) {
      event.preventDefault();
      history.pushState(null, "", hash);
    }
  });
  window.addEventListener("popstate", () => follow(window.location.hash));
  if (window.location.hash) follow(window.location.hash);
})();
