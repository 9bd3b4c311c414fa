# Mails. A mail never holds an answer: somebody else may read it.
mail-receipt-subject = We have your answers: { $survey }
mail-receipt-thanks = Thank you for having your say in “{ $survey }”. We have your answers.
mail-receipt-reference = Your reference is { $reference }.
mail-receipt-what = Quote it if you contact us about your answers. It does not show who you are, or what you said.
mail-receipt-why = You got this email because you asked for a receipt. We do not keep your email address once it is sent.
