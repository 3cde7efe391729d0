// Suggestions under the search field while one types. Without this file the form works as a form.
"use strict";

(() => {
  const field = document.querySelector("input[data-suggestions]");
  if (!field) return;
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0].textContent);
  list.hidden = true;
  const status = document.createElement("span");
  status.className = "unseen";
  status.setAttribute("role", "status");
  field.after(list, status);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "suggestions" })) {
    field.setAttribute(name, value);
  }

  let chosen = -1;
  let timer = 0;
  let asking = null;

  const close = () => {
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const go = (item) => { window.location.href = item.dataset.address; };

  const choose = (index) => {
    const items = [...list.children];
    if (!items.length) return;
    chosen = (index + items.length) % items.length;
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
    items[chosen].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", items[chosen].id);
  };

  const show = (hits, total) => {
    list.replaceChildren(...hits.map((hit, i) => {
      const item = document.createElement("li");
      item.id = `suggestion-${i}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.address = `/agency/${encodeURIComponent(hit.agency_key)}`;
      const name = document.createElement("span");
      name.textContent = hit.agency_name;
      name.lang = "zh";
      if (hit.matched_name) {
        const old = document.createElement("small");
        old.className = "old";
        old.textContent = `← ${hit.matched_name}`;
        name.append(old);
      }
      const note = document.createElement("small");
      note.textContent = hit.note;
      item.append(name, note);
      return item;
    }));
    chosen = -1;
    list.hidden = hits.length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
    field.removeAttribute("aria-activedescendant");
    status.textContent = field.dataset.announce.replace("#", total);
  };

  const ask = async () => {
    asking?.abort();
    const text = field.value.trim();
    if (!text) { close(); return; }
    asking = new AbortController();
    try {
      const answer = await fetch(`${field.dataset.suggestions}?q=${encodeURIComponent(text)}`, { signal: asking.signal });
      if (!answer.ok) { close(); return; }
      const found = await answer.json();
      if (document.activeElement === field) show(found.hits, found.total);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  field.addEventListener("input", (event) => {
    if (event.isComposing) return;  // an input method has not settled on its characters yet
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  field.addEventListener("compositionend", ask);
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") { choose(chosen + 1); event.preventDefault(); }
    else if (event.key === "ArrowUp") { choose(chosen < 0 ? -1 : chosen - 1); event.preventDefault(); }
    else if (event.key === "Escape") { close(); event.preventDefault(); }
    else if (event.key === "Enter" && chosen >= 0) { go(list.children[chosen]); event.preventDefault(); }
  });
  field.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => {
    const item = event.target.closest("li");
    if (item) { event.preventDefault(); go(item); }
  });
})();
