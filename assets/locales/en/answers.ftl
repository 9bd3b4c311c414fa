# Answers in words: on “Check your answers”, in receipts, and where an earlier answer is named later.

answer-declined = Prefer not to say
answer-dont-know = Don’t know
answer-outside = Somewhere else
answer-with-text = { $choice }: { $text }
answer-number = { $number }
answer-number-of = { $number } { $suffix }
answer-point = { $number }: { $label }
answer-place =
    { $place ->
        [1] First
        [2] Second
        [3] Third
       *[other] Number { $place }
    }
answer-amount =
    { $unit ->
        [pounds] £{ $amount }
        [percent] { $amount }%
       *[points] { $amount } points
    }
answer-date =
    { $month ->
        [1] { $day } January { $year }
        [2] { $day } February { $year }
        [3] { $day } March { $year }
        [4] { $day } April { $year }
        [5] { $day } May { $year }
        [6] { $day } June { $year }
        [7] { $day } July { $year }
        [8] { $day } August { $year }
        [9] { $day } September { $year }
        [10] { $day } October { $year }
        [11] { $day } November { $year }
       *[12] { $day } December { $year }
    }
