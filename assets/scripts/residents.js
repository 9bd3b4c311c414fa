import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { ExitThisPage } from "govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs";
import { ServiceNavigation } from "govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";

import { budget } from "./budget.js";
import { ranking } from "./ranking.js";
import { enhance } from "./start.js";

for (const Part of [Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, ServiceNavigation, SkipLink]) {
  enhance(Part.moduleName, (element) => new Part(element));
}
enhance("app-ranking", ranking);
enhance("app-budget", budget);
