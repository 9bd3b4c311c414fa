import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { ServiceNavigation } from "govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";

import { filters } from "./filters.js";
import { outline } from "./outline.js";
import { enhance } from "./start.js";

for (const Part of [Button, Checkboxes, ErrorSummary, ServiceNavigation, SkipLink]) {
  enhance(Part.moduleName, (element) => new Part(element));
}
enhance("app-filters", filters);
enhance("app-outline", outline);
