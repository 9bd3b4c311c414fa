// A ranking as lines to move, over the drop-down lists that the form sends. The lists stay the truth: every move writes them.
import { fill, make } from "./start.js";

export function ranking(root) {
  const lists = root.querySelector(".app-ranking__lists");
  const selects = [...lists.querySelectorAll("select")];
  const items = [...selects[0].options].filter((o) => o.value).map((o) => ({ value: o.value, words: o.text }));
  const words = (value) => items.find((item) => item.value === value)?.words ?? "";
  const text = (name, values = {}) => fill(root.dataset[`text${name}`], values);
  let order = read();

  const chosen = make("ol", { class: "app-ranking__chosen" });
  const rest = make("ul", { class: "app-ranking__rest" });
  const count = make("span");
  const said = make("p", { class: "app-ranking__said", role: "status" });
  const toLists = link(text("Lists"));
  const toLines = link(text("Lines"));
  const lines = make(
    "div",
    { class: "app-ranking__columns" },
    make("div", {}, make("p", { class: "app-ranking__title" }, text("Chosen")), chosen, said, make("p", { class: "app-ranking__help" }, `${text("Help")} `, toLists, ".")),
    make("div", {}, make("p", { class: "app-ranking__title" }, text("Left"), count), rest),
  );
  const back = make("p", { class: "app-ranking__help" }, toLines);
  root.append(lines, back);

  toLists.addEventListener("click", () => show(false, () => selects[0].focus()));
  toLines.addEventListener("click", () => show(true, () => toLists.focus()));
  // A faulty answer is mended where its message stands: at the lists.
  show(!root.closest(".govuk-form-group--error") && !lists.querySelector(".govuk-form-group--error"));

  function read() {
    const values = selects.map((select) => select.value).filter(Boolean);
    return [...new Set(values)];
  }

  function show(asLines, then) {
    if (asLines) order = read();
    lists.hidden = asLines;
    lines.hidden = !asLines;
    back.hidden = asLines;
    said.textContent = "";
    if (asLines) draw();
    then?.();
  }

  function write() {
    selects.forEach((select, i) => (select.value = order[i] ?? ""));
  }

  function move(from, to) {
    if (to < 0 || to >= order.length || from === to) return;
    const [value] = order.splice(from, 1);
    order.splice(to, 0, value);
    write();
    draw();
    say(to < from ? "MovedUp" : "MovedDown", value);
    focusOn(value, to < from ? "up" : "down");
  }

  function add(value) {
    if (order.length === selects.length) {
      said.textContent = text("Full");
      return;
    }
    const at = items.filter((item) => !order.includes(item.value)).findIndex((item) => item.value === value);
    order.push(value);
    write();
    draw();
    say("Added", value);
    const adds = rest.querySelectorAll("button");
    if (order.length < selects.length && adds.length) adds[Math.min(at, adds.length - 1)].focus();
    else focusOn(value, "remove");
  }

  function remove(value) {
    order = order.filter((other) => other !== value);
    write();
    draw();
    said.textContent = text("Removed", { item: words(value) });
    rest.querySelector(`[data-value="${CSS.escape(value)}"]`)?.focus();
  }

  function say(name, value) {
    said.textContent = text(name, { item: words(value), place: order.indexOf(value) + 1, n: order.length });
  }

  function focusOn(value, part) {
    chosen.querySelector(`[data-value="${CSS.escape(value)}"] [data-part="${part}"]`)?.focus();
  }

  function draw() {
    chosen.replaceChildren(...order.map(line));
    if (!order.length) chosen.append(make("li", { class: "app-ranking__nothing" }, text("None")));
    const left = items.filter((item) => !order.includes(item.value));
    rest.replaceChildren(
      ...left.map((item) => {
        const button = link(text("Add"), item.words);
        button.dataset.value = item.value;
        button.addEventListener("click", () => add(item.value));
        return make("li", {}, make("span", {}, item.words), button);
      }),
    );
    count.textContent = text("Count", { n: left.length });
  }

  function line(value, i) {
    const arrow = (part, sign, to) => {
      const off = to < 0 || to >= order.length;
      const button = make(
        "button",
        { type: "button", class: "app-ranking__move", "data-part": part, "aria-disabled": off ? "true" : null },
        make("span", { "aria-hidden": "true" }, sign),
        make("span", { class: "govuk-visually-hidden" }, text(part === "up" ? "Up" : "Down", { item: words(value) })),
      );
      button.addEventListener("click", () => move(i, to));
      return button;
    };
    const away = link(text("Remove"), words(value));
    away.dataset.part = "remove";
    away.addEventListener("click", () => remove(value));
    const element = make(
      "li",
      { class: "app-ranking__line", draggable: "true", "data-value": value },
      make("span", { class: "app-ranking__grip", "aria-hidden": "true" }),
      make("span", { class: "app-ranking__number" }, String(i + 1)),
      make("span", { class: "app-ranking__words" }, words(value)),
      arrow("up", "↑", i - 1),
      arrow("down", "↓", i + 1),
      away,
    );
    draggable(element, i);
    return element;
  }

  function draggable(element, i) {
    element.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData("text/plain", String(i));
      event.dataTransfer.effectAllowed = "move";
      element.classList.add("app-ranking__line--dragged");
    });
    element.addEventListener("dragend", () => element.classList.remove("app-ranking__line--dragged"));
    element.addEventListener("dragover", (event) => {
      event.preventDefault();
      element.classList.add("app-ranking__line--over");
    });
    element.addEventListener("dragleave", () => element.classList.remove("app-ranking__line--over"));
    element.addEventListener("drop", (event) => {
      event.preventDefault();
      element.classList.remove("app-ranking__line--over");
      const from = Number.parseInt(event.dataTransfer.getData("text/plain"), 10);
      if (from >= 0 && from < order.length) move(from, i);
    });
  }

  function link(label, hidden) {
    const button = make("button", { type: "button", class: "app-link-button" }, label);
    if (hidden) button.append(make("span", { class: "govuk-visually-hidden" }, ` ${hidden}`));
    return button;
  }
}
