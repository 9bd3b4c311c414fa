# The codebook that stands beside a file of answers: what its columns and its codes for missing answers mean.

export-missing-not-answered = An empty cell: the question was asked and not answered.
export-missing-not-asked = Not shown to this person: hidden by earlier answers, not in their version of the survey, or a text box under a choice they did not make.
export-missing-declined = The person chose “Prefer not to say”.
export-missing-dont-know = The person chose “Don’t know” on a scale.
export-missing-unranked = The person answered the ranking and gave this item no place.
export-missing-invalid = What is stored does not fit the question. Please report it.

export-column-id = The response. No two are alike, in any file.
export-column-reference = The reference the person was given after sending.
export-column-version = The number of the version of the survey that was answered.
export-column-channel = How the response came in: web, paper, telephone, event or import.
export-column-language = The language it was answered in.
export-column-started-at = When the first page was saved (UTC, to the second).
export-column-submitted-at = When it was sent (UTC, to the second).
export-column-seconds = Whole seconds from the first page to sending.
export-column-simulated = 1 if a program made the response up, 0 if a person sent it.
export-column-flags = Marks that are a reason to look, not proof: trap (a field that people never see was filled in), too_fast (less than two seconds for each question answered), burst (many others from the same address shortly before), contradiction (answers that can’t both be true), straight_lines (the same answer down whole grids), speeding (under a third of the median time for each question), repeated_text (a long text that another response has, too). Empty for none. Marked responses count like all others.
export-column-area-name = The name of the area given.
export-column-csp = The Community Safety Partnership of that area.
export-column-policing-area = The Local Policing Area of that area.
