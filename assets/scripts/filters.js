// Filters that apply at once: the answer to the form, or to a link that changes only the view, replaces the results;
// focus and scroll stay where they are.
import { make } from "./start.js";

export function filters(form) {
  const target = form.dataset.target;
  // The results are replaced as a whole, so what they say is read out from here.
  const voice = make("p", { class: "govuk-visually-hidden", role: "status" });
  // Not inside the fold: what is folded away is not read out.
  (form.closest("details") ?? form).after(voice);
  let request;
  settle();
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
  document.addEventListener("click", follow);
  // An earlier state is the server's to show.
  addEventListener("popstate", () => location.reload());

  function settle() {
    for (const button of form.querySelectorAll("[data-apply]")) button.hidden = true;
  }

  function apply() {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (value !== "") query.append(name, value);
    }
    load(new URL(`${form.action.split("?")[0]}?${query}`), "replaceState");
  }

  function follow(event) {
    const link = event.target.closest("a[href]");
    const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || link.hasAttribute("download") || !link.closest(target)) return;
    const url = new URL(link.getAttribute("href"), location.href);
    if (url.origin !== location.origin || url.pathname !== location.pathname || url.hash) return;
    event.preventDefault();
    load(url, "pushState");
  }

  async function load(url, remember) {
    const old = document.querySelector(target);
    const focused = document.activeElement;
    const [id, href, words] = [focused?.id, focused?.getAttribute("href"), focused?.textContent];
    request?.abort();
    request = new AbortController();
    old.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(url, { signal: request.signal, headers: { accept: "text/html" } });
      if (!response.ok) throw new Error(response.statusText);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const [fresh, fields] = [page.querySelector(target), page.querySelector("[data-module=app-filters]")];
      if (!fresh || !fields) throw new Error("no results");
      old.replaceWith(fresh);
      form.innerHTML = fields.innerHTML;
      settle();
      refocus(fresh, id, href, words);
      document.title = page.title;
      voice.textContent = fresh.querySelector("[data-announce]")?.textContent ?? "";
      history[remember](null, "", url);
    } catch (error) {
      // Whatever went wrong, the server's own page says it better.
      if (error.name !== "AbortError") location.assign(url);
    }
  }

  function refocus(fresh, id, href, words) {
    if (id && form.querySelector(`#${CSS.escape(id)}`)) {
      form.querySelector(`#${CSS.escape(id)}`).focus({ preventScroll: true });
    } else if (href) {
      // Several links may lead to the state that is shown now: the one that was followed has the same words.
      const links = [...fresh.querySelectorAll(`a[href="${CSS.escape(href)}"]`)];
      const same = links.find((link) => link.textContent === words) ?? links[0] ?? fresh;
      if (same === fresh) fresh.tabIndex = -1;
      same.focus({ preventScroll: true });
    }
  }
}
