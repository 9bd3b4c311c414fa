// Filters that apply at once: the answer to the form replaces the results, focus and scroll stay where they are.
import { make } from "./start.js";

export function filters(form) {
  const target = form.dataset.target;
  // The results are replaced as a whole, so what they say is read out from here.
  const voice = make("p", { class: "govuk-visually-hidden", role: "status" });
  form.after(voice);
  let request;
  for (const button of form.querySelectorAll("[data-apply]")) button.hidden = true;
  form.addEventListener("change", apply);

  async function apply() {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (value !== "") query.append(name, value);
    }
    const url = `${form.action.split("?")[0]}?${query}`;
    const old = document.querySelector(target);
    request?.abort();
    request = new AbortController();
    old.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(url, { signal: request.signal, headers: { accept: "text/html" } });
      if (!response.ok) throw new Error(response.statusText);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector(target);
      if (!fresh) throw new Error("no results");
      old.replaceWith(fresh);
      document.title = page.title;
      voice.textContent = fresh.querySelector("[data-announce]")?.textContent ?? "";
      history.replaceState(null, "", url);
    } catch (error) {
      // Whatever went wrong, the server's own page says it better.
      if (error.name !== "AbortError") location.assign(url);
    }
  }
}
