# One response is erased on request.

erase-title = Erase a response
erase-lead = When somebody asks for their answers to be erased, and gives you their reference. You see what will go before anything does.
erase-reference = Reference
erase-reference-hint = 8 letters and digits, such as YFV4-X5BK. It was shown after sending, and stands in the receipt.
erase-find = Find the response
erase-reference-missing = Enter the reference
erase-reference-slip = Check the reference: it has 8 letters and digits, and one of these is not right
erase-reference-unknown = No response to this survey has the reference { $reference }
erase-confirm-title = Are you sure you want to erase this response?
erase-sent = Sent
erase-texts = Comments and other texts
erase-texts-count = { $count ->
    [0] None
    [one] 1 text
   *[other] { $count } texts
}
erase-sensitive = Sensitive answers
erase-sensitive-some = Yes, they will go
erase-sensitive-none = None
erase-others = All other answers
erase-others-all = They will go. Results no longer count this person; frozen results stay as they were.
erase-warning = You can’t undo this. Copies you downloaded, and backups, still have it.
erase-button = Erase the response
erase-cancel = Cancel
erase-done = The response is erased.
erase-link = Erase one person’s response on request
