# Words that stand on every page.
service-name = Have Your Say
skip-to-content = Skip to main content
simulated = These are made-up answers, for trying things out. Nobody gave them.
error-prefix = Error:
error-summary-title = There is a problem
optional = (optional)
or = or
prefer-not-to-say = Prefer not to say
dont-know = Don’t know
not-answered = Not answered
source = Source: { $source }
sign-out = Sign out
go-to-surveys = Go to the list of surveys
honeypot-label = Leave this empty

nav-surveys = Surveys
nav-survey-label = Survey
footer-title = About this site
footer-accessibility = Accessibility statement
footer-privacy = Privacy
footer-cookies = Cookies
footer-contact = Contact

exit-activated = Loading.
exit-timed-out = Exit this page expired.
exit-two-more = Shift, press 2 more times to exit.
exit-one-more = Shift, press 1 more time to exit.

state-open = Open now
state-coming = Opens soon
state-closed = Closed

# Pages that say what went wrong.
error-reference = If you tell us about this, give this number: { $reference }
error-bad-request-title = We could not read that
error-bad-request = Something in what was sent was not right. Go back and try again.
error-forbidden-title = You cannot see this page
error-forbidden = Your account does not let you do this. Ask an administrator if you think it should.
error-form-expired-title = This page has been open too long
error-form-expired = Go back, load the page again, and send it once more. What you saved before is safe.
error-not-found-title = Page not found
error-not-found = Check the address. If you followed a link here, the page may have moved.
error-conflict-title = This was changed somewhere else
error-conflict = Someone, perhaps you in another window, changed this first. Go back and look at it again.
error-too-large-title = That was too much to send
error-too-large = What you sent is longer than we can take. Go back, make your answers shorter, and try again.
error-unprocessable-title = We could not use that
error-unprocessable = Something in what was sent could not be used. Go back and check it.
error-too-many-title = Too many tries
error-too-many-tries = Please wait a few minutes, then try again.
error-internal-title = Sorry, something went wrong
error-internal = Try again in a few minutes. The answers you saved are safe.
error-unavailable-title = Sorry, we are busy
error-unavailable = Try again in a minute. The answers you saved are safe.
error-closed-title = This survey has closed
error-closed = It no longer takes answers. Thank you for your interest.
