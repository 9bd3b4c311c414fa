# The box on pages where somebody may tell of a crime, and the lines at text boxes.
# Numbers are terms, so that another place changes them here only.

-emergency-number = 999
-police-number = 101
-crimestoppers-number = 0800 555 111
-victim-support-number = 08 08 16 89 111

safety-title = If you need help
safety-danger = If you or someone else is in danger, call { -emergency-number } now.
safety-silent = If you can't speak, call { -emergency-number } from a mobile. Press 55 when you are asked to.
safety-report = To tell the police about a crime that is over, call { -police-number }.
safety-crimestoppers = To tell what you know and not give your name, call Crimestoppers on { -crimestoppers-number }.
safety-victims = To talk to someone about a crime that has hurt or upset you, call Victim Support on { -victim-support-number }. It's free, day and night.
safety-not-a-report = This survey does not tell the police about a crime. Nobody reads your answers as they come in.
safety-text-box = Nobody reads this as it comes in. If you are in danger, call { -emergency-number }.
safety-leave = If it isn't safe to be seen on this page, choose “Exit this page”. It shows you another website, and this device forgets your answers.
