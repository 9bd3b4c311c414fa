// A budget that adds itself up: what is left in words and as a bar, and buttons for more and less.
import { fill, make } from "./start.js";

/** How long typing must rest before the remainder is read out. */
const QUIET = 800;

export function budget(root) {
  const total = Number(root.dataset.total);
  const step = Math.max(1, Math.round(total / 20));
  const inputs = [...root.querySelectorAll(".app-budget__input")];
  const left = root.querySelector(".app-budget__left");
  const used = root.querySelector(".app-budget__used");
  const bar = root.querySelector(".app-budget__bar");
  const voice = make("p", { class: "govuk-visually-hidden", role: "status" });
  const shares = inputs.map(item);
  let timer;
  root.append(voice);
  root.classList.add("app-budget--live");
  count(false);

  function item(input) {
    const label = root.querySelector(`label[for="${CSS.escape(input.id)}"]`);
    const words = label.firstChild.textContent.trim();
    const button = (sign, name, by) => {
      const element = make(
        "button",
        { type: "button", class: "app-budget__step" },
        make("span", { "aria-hidden": "true" }, sign),
        make("span", { class: "govuk-visually-hidden" }, fill(name, { item: words })),
      );
      element.addEventListener("click", () => {
        input.value = String(Math.max(0, value(input) + by));
        count(true);
      });
      return element;
    };
    const field = input.parentElement;
    field.prepend(button("−", root.dataset.textLess, -step));
    field.append(button("+", root.dataset.textMore, step));
    const fillBar = make("span");
    field.before(make("div", { class: "app-budget__share", "aria-hidden": "true" }, fillBar));
    input.addEventListener("input", () => count(true));
    return fillBar;
  }

  function value(input) {
    const number = Number.parseInt(input.value.replace(/[\s,£%]/g, ""), 10);
    return Number.isFinite(number) ? number : 0;
  }

  function count(aloud) {
    const values = inputs.map(value);
    const sum = values.reduce((a, b) => a + b, 0);
    const rest = total - sum;
    left.textContent =
      rest === 0 ? root.dataset.textDone : fill(rest > 0 ? root.dataset.textLeft : root.dataset.textOver, { n: Math.abs(rest) });
    used.textContent = fill(root.dataset.textUsed, { n: sum });
    bar.value = Math.min(sum, total);
    root.classList.toggle("app-budget--over", rest < 0);
    values.forEach((amount, i) => (shares[i].style.width = `${Math.min(100, Math.max(0, (amount / total) * 100))}%`));
    if (!aloud) return;
    clearTimeout(timer);
    timer = setTimeout(() => (voice.textContent = left.textContent), QUIET);
  }
}
