// Says that scripts run, then wakes each part of the page that asks for it by data-module.
const body = document.body;
body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) body.classList.add("govuk-frontend-supported");

/** Starts `make(element)` for every element with this module's name. */
export function enhance(name, make) {
  for (const element of document.querySelectorAll(`[data-module="${name}"]`)) make(element);
}

/** Puts values in the place of %{name}. */
export function fill(text, values) {
  return text.replace(/%\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** An element with attributes, properties and children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}
