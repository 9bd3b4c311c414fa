// The outline: a question is dragged by its line to another place; dropping it presses a button the server knows. Without
// scripts the Up and Down buttons do the same. After a save, focus is where it was.
import { make } from "./start.js";

const KEPT = "outline-focus";

export function outline(form) {
  // Going to the fragment in the address takes focus away; that is done a frame after the page has loaded.
  if (document.readyState === "complete") refocus(form);
  else addEventListener("load", () => requestAnimationFrame(() => setTimeout(() => refocus(form))));
  let dragged;
  for (const line of form.querySelectorAll("[data-question]")) line.draggable = true;
  form.addEventListener("submit", (event) => {
    const value = event.submitter?.value;
    if (value) sessionStorage.setItem(KEPT, value);
  });
  form.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-question]");
    event.dataTransfer?.setData("text/plain", dragged?.dataset.question ?? "");
  });
  form.addEventListener("dragover", (event) => {
    const list = event.target.closest("[data-page]");
    if (!dragged || !list) return;
    event.preventDefault();
    mark(event.target.closest("[data-question]"));
  });
  form.addEventListener("dragend", () => {
    dragged = undefined;
    mark();
  });
  form.addEventListener("drop", (event) => {
    const list = event.target.closest("[data-page]");
    if (!dragged || !list) return;
    event.preventDefault();
    const before = event.target.closest("[data-question]");
    const words = ["place", dragged.dataset.question, list.dataset.page];
    if (before && before !== dragged) words.push(before.dataset.question);
    const button = make("button", { type: "submit", name: "do", value: words.join(" "), hidden: "" });
    form.append(button);
    form.requestSubmit(button);
  });

  function mark(line) {
    for (const old of form.querySelectorAll(".app-outline__line--over")) old.classList.remove("app-outline__line--over");
    line?.classList.add("app-outline__line--over");
  }
}

function refocus(form) {
  const value = sessionStorage.getItem(KEPT);
  if (!value) return;
  sessionStorage.removeItem(KEPT);
  if (document.querySelector(".govuk-error-summary")) return;
  for (const button of form.querySelectorAll("button[name=do]")) {
    if (button.value === value) button.focus({ preventScroll: false });
  }
}
