# The line at text boxes. The number is a term, so that another place changes it here only.

-emergency-number = 999

safety-text-box = Nobody reads this as it comes in. If you are in danger, call { -emergency-number }.
