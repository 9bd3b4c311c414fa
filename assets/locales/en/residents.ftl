# The list of surveys.
hub-title = Have your say on policing
hub-lead = Tell the { $office } what matters to you. Your answers help to decide what the police do.
hub-open = Open now
hub-coming = Coming soon
hub-closed = Closed
hub-none-open = No survey is open just now. Please come back soon.
hub-closes = Closes { $when }
hub-opens = Opens { $when }
hub-closed-on = Closed { $when }
hub-days-left = { $days ->
    [0] Last day
    [one] 1 day left
   *[other] { $days } days left
}
hub-minutes = { $minutes ->
    [one] Takes about 1 minute
   *[other] Takes about { $minutes } minutes
}
hub-taken-part = About { $count } people have taken part
hub-taken-part-few = Fewer than 10 people have taken part
hub-taken-part-made-up = About { $count } responses, with made-up ones
hub-taken-part-made-up-few = Fewer than 10 responses, with made-up ones
hub-resume = Carry on with your saved answers

# The overview of a survey.
overview-closes = Closes at { $when }
overview-opens = Opens at { $when }
overview-closed = Closed at { $when }
overview-start = Start the survey
overview-resume = Carry on with your answers
overview-minutes = { $minutes ->
    [one] About 1 minute
   *[other] About { $minutes } minutes
}
overview-questions = { $count ->
    [one] 1 question
   *[other] { $count } questions
}
overview-no-account = No account
overview-no-tracking = No tracking
overview-stop = Stop and come back
overview-saved = Every page is saved
overview-taken-part = <strong>About { $count } people</strong> have answered so far.
overview-taken-part-few = <strong>Fewer than 10 people</strong> have answered so far.
overview-taken-part-made-up = <strong>About { $count } responses</strong> so far, with made-up ones.
overview-taken-part-made-up-few = <strong>Fewer than 10 responses</strong> so far, with made-up ones.
overview-last-time = You asked. This is what was done
overview-what-we-ask = What we will ask
overview-not-a-report = <strong>This survey is not a way to report a crime.</strong> If someone is in danger, call <a class="govuk-link" href="tel:999">999</a>. To tell the police about a crime that is over, call <a class="govuk-link" href="tel:101">101</a>. If a crime has hurt you, you can get <a class="govuk-link" href="https://www.victimsupport.org.uk/">free help</a>. You do not have to tell the police first.
overview-what-happens = What happens to your answers
overview-more = More about this survey
overview-who = Who can answer
overview-other-ways = Other ways to answer
overview-privacy = Your privacy
overview-privacy-notice = Privacy notice
overview-help = Questions or help

# Pages of questions.
progress = Section { $number } of { $count }
continue = Continue
save-for-later = Save and come back later
saved-so-far = Your earlier pages are saved. This page is saved when you choose Continue.
saved-on-continue = This page is saved when you choose Continue.
more-to-answer = Your answer brings up more to answer on this page:
safety-label = If you need help
safety-emergency = <strong>In danger now?</strong> Call <a class="govuk-link" href="tel:999">999</a>
safety-not-emergency = <strong>Not an emergency?</strong> Call <a class="govuk-link" href="tel:101">101</a>
safety-anonymous = <strong>Stay anonymous:</strong> Crimestoppers, <a class="govuk-link" href="tel:0800555111">0800 555 111</a>
safety-talk = <strong>Want to talk?</strong> <a class="govuk-link" href="https://www.victimsupport.org.uk/">Support for victims</a>
question-sensitive = Why we ask: { $why }

count-description = You can enter up to { $count } characters
count-under-one = You have { $count } character left
count-under-other = You have { $count } characters left
count-at = You have 0 characters left
count-over-one = You have { $count } character too many
count-over-other = You have { $count } characters too many

ranking-place = { $number ->
    [1] First
    [2] Second
    [3] Third
    [4] Fourth
    [5] Fifth
   *[other] Number { $number }
}
ranking-choose = Choose one
select-choose = Choose an answer
ranking-chosen = { $count ->
    [one] Your first choice
    [2] Your top two
    [3] Your top three
    [4] Your top four
    [5] Your top five
   *[other] Your top { $count }
}
ranking-left = Not chosen
ranking-left-count = { $n } left
ranking-none = Nothing chosen yet. Use Add to choose.
ranking-full = { $count ->
    [one] You have made your choice. Remove it to change it.
   *[other] You have chosen { $count }. Remove one to add another.
}
ranking-add = Add
ranking-remove = Remove
ranking-up = Move { $item } up
ranking-down = Move { $item } down
ranking-moved-up = Moved up: { $item } is now number { $place } of { $n }.
ranking-moved-down = Moved down: { $item } is now number { $place } of { $n }.
ranking-added = Added: { $item } is number { $place } of { $n }.
ranking-removed = Removed: { $item }.
ranking-help = Use the arrows, drag a line, or
ranking-lists = { $count ->
    [one] choose from a list instead
    [2] choose from two lists instead
    [3] choose from three lists instead
   *[other] choose from { $count } lists instead
}
ranking-lines = Put them in order by moving lines instead

budget-left-pounds = £{ $amount } left to share
budget-left-percent = { $amount }% left to share
budget-left-points = { $amount } points left to share
budget-over-pounds = £{ $amount } too much
budget-over-percent = { $amount }% too much
budget-over-points = { $amount } points too much
budget-done-pounds = All £{ $total } shared
budget-done-percent = All { $total }% shared
budget-done-points = All { $total } points shared
budget-used-pounds = £{ $amount } of £{ $total } used
budget-used-percent = { $amount }% of { $total }% used
budget-used-points = { $amount } of { $total } points used
budget-unit-pounds = In whole pounds
budget-unit-percent = In whole per cent
budget-unit-points = In whole points
budget-more = More for { $item }
budget-less = Less for { $item }

postcode-label = Your postcode
postcode-hint = We use it to find your district, then throw it away.
postcode-find = Find my district
postcode-found = Your postcode is in <strong>{ $area }</strong>. We have thrown the postcode away. If this is wrong, choose another district below.
postcode-choose = I’d rather choose my district
postcode-area = Your district
area-choose = Choose a district

# Check, send, keep.
check-title = Check your answers before you send them
check-answered = { $asked ->
    [one] You answered { $answered } of 1 question. You can send it as it is.
   *[other] You answered { $answered } of { $asked } questions. You can send them as they are.
}
check-change = Change
check-answer = Answer
check-postcode-not-kept = Your postcode was not kept
check-keep-in-touch = Keep in touch
check-email-hint = You do not have to. Your email address is kept apart from your answers.
check-email = Email address
check-email-for = What may we send you?
check-receipt = Send me a receipt
check-updates = Tell me when the results are published
check-when-sent = <strong>When you send your answers</strong><br>You get a reference. You cannot change your answers here after that. The survey closes at { $closes }.
check-send = Send my answers
done-title = Thank you for having your say
done-reference = Your reference<br><strong>{ $reference }</strong>
done-keep-reference = Keep your reference. You can give it to us if you ask about your answers.
done-receipt = A receipt is on its way to your email address.
done-copy = Print or save a copy of your answers
done-tell-others = Tell others
done-share = The survey is open until { $closes }. Send this link to people you know:
done-affected = If you need help
copy-title = Your answers
copy-sent = Sent { $when }
copy-reference = Reference: { $reference }
copy-print = To print this page or save it as a file, use your browser’s Print command.
saved-title = Your answers are saved
saved-how = Come back to “{ $title }” on this device, in this browser, and carry on. Your answers wait for you for { $hours } hours.
saved-closes = The survey closes at { $closes }. Send your answers before then, or they do not count.
saved-resume = Carry on now
saved-shared-title = Is this a shared device?
saved-shared = You can remove the way back to your answers from this device. You will not be able to carry on, and answers you have not sent do not count.
saved-forget = Remove from this device
forgotten-title = Removed from this device
forgotten-body = Nobody can get back to your answers from this device. To take part, you can start again at any time.

# Pages about the site.
# Standing pages

standing-privacy = Privacy notice
standing-cookies = Cookies
standing-accessibility = Accessibility statement
standing-contact = Contact us

# Moments: { $half } is am or pm, { $weekday } 1 for Monday to 7 for Sunday

moment = { $hour }:{ $minute }{ $half } on { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    } { $date }

check-email-wrong = Enter an email address in the right format, like name@example.com
check-email-missing = Enter your email address, or untick “Send me a receipt”
check-email-unused = Tick “Send me a receipt”, or leave your email address empty
