# The second page of signing in.
code-title = Enter your code
code-lead = Open the app that you set up and enter the 6 digits that it shows for this site.
code-label = Code
code-hint = 6 digits from your app. If you don’t have your app, enter one of your recovery codes.
code-button = Go on
code-missing = Enter a code
code-wrong = This code does not work. Wait for the next one and try again. After several tries, wait a few minutes
code-start-again = <a class="govuk-link" href="{ $href }">Sign in as somebody else</a>
confirm-title = Show that it is you
confirm-lead = What you are about to do can’t be taken back easily. You won’t be asked again for 10 minutes.
confirm-password-wrong = Check your password. After several tries, wait a few minutes

# A forgotten password.
forgot-title = I forgot my password
forgot-lead = We send you a link by email. It works once, for one hour.
forgot-button = Send the link
forgot-sent-title = Check your email
forgot-sent = If <strong>{ $email }</strong> belongs to an account, a link is on its way. It works once, for one hour.
forgot-sent-not = If no email comes, look in your spam folder. You may have used another email address: an administrator can tell you.
forgot-no-mail = This site can’t send email. Ask whoever runs it for a new invitation.
forgot-too-many = You asked for several links already. Wait an hour and try again
forgot-back = <a class="govuk-link" href="{ $href }">Back to sign in</a>
reset-title = Choose a new password
reset-lead = You are signed out everywhere. If you have an app for codes, you still need it to sign in.
reset-button = Set the password
password-own = Don’t use your name or email address. Three words that have nothing to do with you make a good password
password-common = Many people use this password or one like it. Three words that don’t belong together make a good one
password-pattern = Rows of keys, repetitions and dates are easy to guess. Three words that don’t belong together make a good password
password-plain = This is easy to guess. Add another word or two that don’t belong to the others

# A second factor.
factor-title = Set up codes from an app
factor-issuer = Have Your Say
factor-must = Your role needs a second step at sign-in: a code that changes every 30 seconds. Set it up to go on.
factor-lead = At each sign-in you enter your password and then a code that changes every 30 seconds.
factor-replaces = The app that you use now stops working for this site once the new one is set up. You get new recovery codes too.
factor-step-app = Install an app for codes on your phone
factor-step-app-hint = Any app for one-time codes does: Microsoft Authenticator, Google Authenticator, or a password manager.
factor-step-scan = Scan this picture with it
factor-qr = QR code with the key that stands below it
factor-step-key = Or type in this key:
factor-step-code = Enter the code that it shows
factor-code-hint = 6 digits, without spaces
factor-code-wrong = This code does not fit. Check that your phone shows the right time, wait for the next code and enter that
factor-button = Set up
codes-title = Keep your recovery codes
codes-warning = They are shown only now. Print them, or keep them in a password manager.
codes-lead = If you lose your phone, each of these codes lets you in once instead of a code from the app.
codes-caption = Recovery codes
codes-go-on = I have kept them

# Your account.
nav-officers-account = Your account
account-title = Your account
account-email = Email address
account-role = Role
account-password = Change your password
account-password-lead = You are signed out everywhere else.
account-current = Current password
account-new = New password
account-password-button = Change password
account-current-wrong = This is not your current password
account-too-many = You tried several times. Wait an hour and try again
account-factor = Codes from an app
account-factor-since = Set up at { $when }.
account-factor-left = { $count ->
    [0] You have no recovery codes left. Make new ones.
    [one] You have 1 recovery code left.
   *[other] You have { $count } recovery codes left.
}
account-factor-none = You sign in with your password only. With a code from an app as well, a stolen password is not enough.
account-factor-set-up = Set up codes from an app
account-factor-replace = Set up another app
account-factor-renew = Make new recovery codes
account-factor-remove = Stop using codes
account-sessions = Where you are signed in
account-sessions-lead = A session ends after an hour without use, and after 12 hours. We keep neither your address nor your browser’s name.
account-session-started = Signed in
account-session-seen = Last used
account-session-what = Session
account-session-this = This one
account-session-end = End
account-session-end-which = the session that began at { $when }
account-sessions-end-others = End all others

# People.
nav-officers-people = People
role-administrator = Administrator
role-officer = Officer
role-comms = Communications
role-clerk = Clerk
role-hint-administrator = Everything, accounts too.
role-hint-officer = Surveys, results, comments and files of answers.
role-hint-comms = Results, without comments and sensitive answers.
role-hint-clerk = Keying in responses on paper and by telephone.
people-title = People
people-lead = Who can sign in, and what they may do.
people-invite = Invite somebody
people-caption = Accounts
people-name = Name
people-email = Email address
people-role = Role
people-factor = Second step
people-factor-yes = Set up
people-factor-no = None
people-seen = Last here
people-never = Never
people-state = State
people-active = Active
people-out = Shut out
people-waiting = Invitations
people-waiting-none = Nobody is invited at the moment.
people-expires = Works until
people-pending = Pending
people-expired = Expired
people-renew = Renew
people-withdraw = Withdraw
people-for = the invitation of { $email }
people-actions = Actions
people-roles-title = Who needs a second step
people-roles = Roles that must enter a code from an app at sign-in
people-roles-hint = Whoever has not set one up is led to it at their next page. Administrators always need one.
people-roles-button = Save
person-joined = Joined
person-self = This is you.
person-role-title = Change the role
person-role-button = Change role
person-access-title = Access
person-last-administrator = This is the last administrator who can sign in. Make somebody else an administrator first
person-shut-out = Shut out
person-shut-out-why = They are signed out at once and can’t sign in until you let them in again.
person-let-in = Let in again
person-let-in-why = They can’t sign in at the moment.
person-end-sessions = Sign out everywhere
person-end-sessions-why = Ends all sessions. They can sign in again.
person-remove-factor = Remove the second step
person-remove-factor-why = For somebody who lost their phone and their recovery codes. Make sure by telephone that it is them. They sign in with their password and set up another app.
invite-title = Invite somebody
invite-lead = They get a link that works once, for seven days.
invite-name = Their name
invite-email = Their email address
invite-role = What they may do
invite-name-missing = Enter their name
invite-name-long = Use 200 characters or fewer
invite-role-missing = Choose what they may do
invite-button = Invite
invited-title = The invitation is ready
invited-mailed = We are sending a link to <strong>{ $email }</strong>. Should it not arrive, give them this one:
invited-shown = This site can’t send email. Give this link to <strong>{ $email }</strong> yourself:
invited-once = It is shown only now. Whichever link is used first makes the account; the other stops working.
invited-back = Back to people

# Mails.
mail-invitation-subject = You are invited to { $office } – Have Your Say
mail-invitation-what = Somebody of { $office } has invited you to the site that runs their surveys. Set up your account here:
mail-invitation-how-long = The link works once, for seven days. If you did not expect it, do nothing.
mail-reset-subject = Your new password – Have Your Say
mail-reset-what = Somebody, probably you, asked for a new password for your account at { $office }. Choose one here:
mail-reset-how-long = The link works once, for one hour. If it was not you, do nothing: your password stays as it is.
