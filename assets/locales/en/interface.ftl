# Words that stand on every page.
service-name = Have Your Say
skip-to-content = Skip to main content
simulated = These are made-up answers, for trying things out. Nobody gave them.
error-prefix = Error:
error-summary-title = There is a problem
optional = (optional)
or = or
prefer-not-to-say = Prefer not to say
not-answered = Not answered
source = Source: { $source }
sign-out = Sign out
go-to-surveys = Go to the list of surveys
honeypot-label = Leave this empty

nav-surveys = Surveys
nav-survey-label = Survey
nav-leave = Leave this page
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
failure-bad-request-title = We could not read that
failure-bad-request = Something in what was sent was not right. Go back and try again.
failure-forbidden-title = You cannot see this page
failure-forbidden = Your account does not let you do this. Ask an administrator if you think it should.
failure-form-expired-title = This page has been open too long
failure-form-expired = Go back, load the page again, and send it once more. What you saved before is safe.
failure-not-found-title = Page not found
failure-not-found = Check the address. If you followed a link here, the page may have moved.
failure-conflict-title = This page has changed
failure-conflict = It changed while you had it open, so we did not keep what you sent from it. Go back, load the page again, and look at it once more. What you saved before is safe.
failure-too-large-title = That was too much to send
failure-too-large = What you sent is longer than we can take. Go back, make your answers shorter, and try again.
failure-unprocessable-title = We could not use that
failure-unprocessable = Something in what was sent could not be used. Go back and check it.
failure-too-many-title = Too many tries
failure-too-many = Please wait a few minutes, then try again.
failure-internal-title = Sorry, something went wrong
failure-internal = Try again in a few minutes. The answers you saved are safe.
failure-unavailable-title = Sorry, we are busy
failure-unavailable = Try again in a minute. The answers you saved are safe.

error-way-out = Go to the list of surveys
error-way-out-officers = Go to surveys and their results
