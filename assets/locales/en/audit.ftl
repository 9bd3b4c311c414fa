# The audit log: what the office and the program did, in plain sentences.

nav-officers-audit = Audit log

audit-title = Audit log
audit-lead = Who changed what, and who saw or took out people’s answers. Nothing here can be changed or deleted.
audit-narrow = Search and filter
audit-search = Search
audit-search-hint = A name, a survey, or what was done
audit-person = Who
audit-kind = What was done
audit-survey = Survey
audit-from = From day
audit-to = To day
audit-apply = Show
audit-anybody = Anybody
audit-anything = Anything
audit-any-survey = Any survey
audit-when = When
audit-moment = { $day }, { $hour }:{ $minute }:{ $second }{ $half }
audit-what = What happened
audit-none = Nothing in the log fits.
audit-clear = Clear all
audit-newest = Newest first
audit-older = Older
audit-pages = Pages of the log
audit-files = The same as a file:
audit-file-csv = CSV
audit-file-json-lines = JSON Lines
audit-unreadable = An event that this version of the program can’t read ({ $kind }).

audit-chain = Seals
audit-chain-none = Nothing is sealed yet.
audit-chain-last = The last seal was made at { $when }. It is number { $number }, and covers { $rows ->
    [one] 1 row
   *[other] { $rows } rows
} of the log together with those before it.
audit-chain-waiting = { $count ->
    [0] Nothing waits for the next seal.
    [one] 1 row waits for the next seal, which is made within a minute.
   *[other] { $count } rows wait for the next seal, which is made within a minute.
}
audit-chain-head = Its hash, to be noted elsewhere:
audit-chain-verify = To check the whole log, run “have-your-say audit verify” on the machine that serves this site.

audit-error-day = { $given } is not a day. Write a day as 2026-11-24.
audit-error-order = The first day is after the last.
audit-error-person = There is nobody like { $given } in the log.
audit-error-kind = There is no kind of event called { $given }.
audit-error-survey = There is no survey called { $given }.
audit-error-place = { $given } is not a place in the log.
audit-error-parameter = The log can’t be filtered by { $given }. It can be filtered by person, kind, survey, from, to and q.

audit-by-command = Somebody at the command line
audit-by-system = The program
audit-by-nobody = Somebody who was not signed in
audit-former-account = A former colleague
audit-no-account = nobody

audit-role = { $role ->
    [administrator] administrator
    [officer] officer
    [comms] comms
    [clerk] clerk
   *[other] { $role }
}

audit-kind-signed-in = Signed in
audit-signed-in = { $who } signed in
audit-kind-sign-in-refused = Sign-in refused
audit-sign-in-refused = { $reason ->
    [no-account] Somebody tried to sign in with an email address that has no account
    [shut-out] Somebody tried to sign in as { $account }, whose account is shut out
    [code] Somebody with the password of { $account } gave a wrong code
    [account-limit] Somebody tried to sign in as { $account } too often, and has to wait
    [place-limit] Somebody tried to sign in too often from one place, and has to wait
   *[password] Somebody tried to sign in as { $account } with a wrong password
}
audit-kind-signed-out = Signed out
audit-signed-out = { $who } signed out
audit-kind-administrator-link-made = First administrator’s link made
audit-administrator-link-made = { $who } made the link for the first administrator
audit-kind-invited = Somebody invited
audit-invited = { $who } invited somebody as { $role }
audit-kind-link-accepted = Invitation accepted
audit-link-accepted = { $account } accepted an invitation as { $role }
audit-kind-invitation-changed = Invitation changed
audit-invitation-changed = { $change ->
    [renewed] { $who } renewed an invitation
   *[withdrawn] { $who } took an invitation back
}
audit-kind-account-changed = Account changed
audit-account-changed = { $change ->
    [role] { $who } made { $account } { $after } (was { $before })
    [shut-out] { $who } shut { $account } out
    [let-in] { $who } let { $account } in again
    [sessions] { $own ->
        [yes] { $who } ended other sessions of their own
       *[no] { $who } ended all sessions of { $account }
    }
    [factor-set] { $who } set up a second factor
    [factor-removed] { $own ->
        [yes] { $who } removed their own second factor
       *[no] { $who } removed the second factor of { $account }
    }
    [codes] { $who } made new recovery codes
    [password] { $who } changed their password
   *[reset] { $account } set a new password by a mailed link
}
audit-kind-factor-roles-set = Roles with a second factor set
audit-factor-roles-set = { $who } set which roles need a second factor: { $after } (was: { $before })
audit-kind-draft-saved = Draft saved
audit-draft-saved = { $who } saved revision { $revision } of the draft of { $survey }
audit-kind-survey-published = Survey published
audit-survey-published = { $before ->
    [0] { $who } published { $survey } as version { $version }
   *[other] { $who } published version { $version } of { $survey } in place of version { $before }
}
audit-kind-answers-downloaded = Answers downloaded
audit-answers-downloaded = { $who } downloaded { $filtered ->
    [yes] answers of { $survey } filtered by { $filter }
   *[no] all answers of { $survey }
}: { $responses ->
    [one] 1 response
   *[other] { $responses } responses
} as { $form ->
    [codes] codes
   *[labels] labels
}, with comments, { $sensitive ->
    [yes] with sensitive answers
   *[no] without sensitive answers
}
audit-kind-comments-read = Comments read
audit-comments-read = { $who } read { $shown ->
    [one] 1 comment
   *[other] { $shown } comments
} of { $survey }{ $question ->
    [none] {""}
   *[other] , question { $question }
}{ $theme ->
    [none] {""}
   *[other] , theme { $theme }
}{ $searched ->
    [yes] , found by a search
   *[no] {""}
}{ $filtered ->
    [yes] , filtered by { $filter }
   *[no] {""}
}
audit-kind-sensitive-figures-seen = Sensitive figures seen
audit-sensitive-figures-seen = { $form ->
    [file] { $who } took out figures of sensitive answers of { $survey }: { $page }
   *[page] { $who } looked at figures of sensitive answers of { $survey }: { $page }
}
audit-kind-result-frozen = Result frozen
audit-result-frozen = { $who } froze a result of { $survey }{ $sensitive ->
    [yes] {" "}with sensitive figures
   *[no] {""}
}: { $page }
audit-kind-responses-imported = Responses imported
audit-responses-imported = { $who } imported { $responses ->
    [one] 1 response
   *[other] { $responses } responses
} to { $survey } from a file with the SHA-256 { $sha256 }
audit-kind-responses-simulated = Responses simulated
audit-responses-simulated = { $who } made up { $responses ->
    [one] 1 response
   *[other] { $responses } responses
} to { $survey } (seed { $seed })
audit-kind-unsent-deleted = Unsent responses deleted
audit-unsent-deleted = { $who } deleted { $responses ->
    [one] 1 response
   *[other] { $responses } responses
} to { $survey } that { $responses ->
    [one] was
   *[other] were
} never sent
audit-kind-personal-parts-deleted = Personal parts deleted
audit-personal-parts-deleted = { $who } deleted the personal parts of { $responses ->
    [one] 1 response
   *[other] { $responses } responses
} to { $survey }, whose time was over: { $texts ->
    [one] 1 text
   *[other] { $texts } texts
} and the sensitive answers of { $documents ->
    [one] 1 person
   *[other] { $documents } people
}
audit-kind-response-erased = Response erased
audit-response-erased = { $who } erased one response to { $survey } on request (response { $response })
audit-kind-log-downloaded = Audit log downloaded
audit-log-downloaded = { $who } downloaded the audit log{ $filtered ->
    [yes] , filtered by { $filter }
   *[no] {""}
}{ $searched ->
    [yes] , found by a search
   *[no] {""}
}
audit-kind-backed-up = Database copied
audit-backed-up = { $who } made a copy of the whole database
audit-kind-restored = Database restored
audit-restored = { $who } restored the whole database from a copy
