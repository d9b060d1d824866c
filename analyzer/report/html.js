"use strict";
// The page can be read without this. It shows the filter, which hides what is not looked
// for, and opens what is folded where the page is printed or an address leads into it.
(function () {
  const form = document.getElementById("filter");
  const places = [...document.querySelectorAll(".group .places tbody")].map(function (body) {
    const cells = body.rows[0].cells;
    return { body, result: body.closest(".group").dataset.result,
      account: cells[0].textContent, region: cells[1].textContent };
  });
  const count = form.querySelector("[role=status]");

  function fill(select, key) {
    for (const value of [...new Set(places.map((place) => place[key]))].sort())
      select.append(new Option(value, value));
  }

  function apply() {
    const results = new Set([...form.querySelectorAll("input:checked")].map((box) => box.value));
    const account = form.elements.account.value, region = form.elements.region.value;
    let shown = 0;
    for (const place of places) {
      place.body.hidden = !results.has(place.result) ||
        (account !== "" && place.account !== account) ||
        (region !== "" && place.region !== region);
      shown += place.body.hidden ? 0 : 1;
    }
    for (const group of document.querySelectorAll(".group"))
      group.hidden = group.querySelector(".places tbody:not([hidden])") === null;
    for (const row of document.querySelectorAll(".matrix tbody tr"))
      row.hidden = account !== "" && row.cells[0].textContent !== account;
    count.textContent = shown === places.length ? "All " + shown + " listed findings are shown."
      : shown + " of " + places.length + " listed findings are shown.";
    document.body.classList.toggle("filtered", shown !== places.length);
  }

  function reveal() {
    const target = document.getElementById(location.hash.slice(1));
    for (let at = target; at !== null; at = at.parentElement)
      if (at.tagName === "DETAILS") at.open = true;
    if (target !== null) target.scrollIntoView();
  }

  if (places.length > 0) {
    fill(form.elements.account, "account");
    fill(form.elements.region, "region");
    form.addEventListener("change", apply);
    form.addEventListener("reset", () => setTimeout(apply));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    apply();
  }
  addEventListener("hashchange", reveal);
  reveal();
})();
