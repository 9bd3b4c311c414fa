# Mails. A mail never holds an answer: somebody else may read it.
mail-receipt-subject = We have your answers: { $survey }
mail-receipt-thanks = Thank you for having your say in “{ $survey }”. We have your answers.
mail-receipt-reference = Your reference is { $reference }.
mail-receipt-what = Quote it if you contact us about your answers. It does not show who you are, or what you said.
mail-receipt-why = You got this email because you asked for a receipt. We do not keep your email address once it is sent.
# Mails: no HTML in these, as they are also sent as plain text.
receipt-subject = Your answers to { $title }
receipt-hello = Hello
receipt-thanks = Thank you for having your say in “{ $title }”. We have your answers.
receipt-reference = Your reference: { $reference }
receipt-closes = The survey closes at { $closes }. You can send its address to people you know:
mail-not-a-report = This survey is not a way to report a crime. In an emergency call 999. If it is not an emergency, call 101.
