"use strict";
// Search and sorting. The page is complete without this.
(function () {
  const table = document.getElementById("ranking-rows");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const input = document.getElementById("search");
  const count = document.getElementById("search-count");
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const all = count.textContent;
  const texts = rows.map((row) => fold(row.textContent));

  function search() {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, place) => {
      row.hidden = !words.every((word) => texts[place].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    count.textContent = words.length ? shown + " of " + all : all;
  }
  document.querySelector(".search").hidden = false;
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      input.value = "";
      search();
    }
  });

  function compare(left, right) {
    const numbers = [Number(left), Number(right)];
    return numbers.some(Number.isNaN) ? left.localeCompare(right, "en") : numbers[0] - numbers[1];
  }
  function sort(head, place) {
    const up = head.getAttribute("aria-sort") === "none" ? !head.hasAttribute("data-down") : head.getAttribute("aria-sort") === "descending";
    for (const other of table.tHead.rows[0].cells) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const keyed = rows.map((row, order) => ({ row, order, key: row.cells[place].dataset.key }));
    keyed.sort((left, right) => {
      if (!left.key || !right.key) return (left.key ? 0 : 1) - (right.key ? 0 : 1) || left.order - right.order;
      return (up ? 1 : -1) * compare(left.key, right.key) || left.order - right.order;
    });
    body.append(...keyed.map((one) => one.row));
  }
  Array.from(table.tHead.rows[0].cells).forEach((head, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(head, place));
    head.setAttribute("aria-sort", "none");
    head.replaceChildren(button);
  });
  table.classList.add("live");

  // Cards print as the reader left them: all of them would be a book.
  const closed = () => Array.from(document.querySelectorAll(".finding:not([open]), .digests:not([open]), .data:not([open])"));
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = closed();
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });
})();
