# Words inside the components of the design system.
component-back = Back
component-breadcrumb = Breadcrumb
component-count-characters = You can enter up to { $count } characters
component-count-words = You can enter up to { $count } words
component-day = Day
component-error = Error
component-exit = <span class="govuk-visually-hidden">Emergency</span> Exit this page
component-important = Important
component-menu = Menu
component-month = Month
component-next-page = Next<span class="govuk-visually-hidden"> page</span>
component-page = Page { $number }
component-pagination = Pagination
component-previous-page = Previous<span class="govuk-visually-hidden"> page</span>
component-service-information = Service information
component-success = Success
component-warning = Warning
component-year = Year
