# Mails: no HTML in these, as they are also sent as plain text.
mail-receipt-subject = Your answers to { $title }
mail-receipt-hello = Hello
mail-receipt-thanks = Thank you for having your say in “{ $title }”. We have your answers.
mail-receipt-reference = Your reference: { $reference }
mail-receipt-closes = The survey closes at { $closes }. You can send its address to people you know:
mail-not-a-report = This survey is not a way to report a crime. In an emergency call 999. If it is not an emergency, call 101.
