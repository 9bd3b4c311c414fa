//! What the title of themes by area may claim, in words.

use crate::{geography::Grouping, results::Headline, survey::message::Message};

use super::themes::ThemesPicture;

impl ThemesPicture<'_> {
    /// What the table's title may claim.
    pub(super) fn title(&self) -> String {
        let measure = |id: &'static str| {
            self.words
                .say(&Message::new(id).with("measure", self.measure()))
        };
        match &self.outcome.headline {
            Headline::LeaderHolds {
                theme,
                areas_first,
                areas_ranked,
            } => {
                let id = match (*areas_ranked, self.view.areas.0) {
                    (0 | 1, _) => "themes-leads-alone",
                    (_, Grouping::District) => "themes-leads-district",
                    (_, Grouping::Csp) => "themes-leads-csp",
                    (_, Grouping::PolicingArea) => "themes-leads-policing",
                };
                let message = Message::new(id).with("theme", self.words.theme(theme));
                self.words.say(
                    &message
                        .with("first", *areas_first)
                        .with("ranked", *areas_ranked),
                )
            }
            Headline::NoClearLeader { themes } if (2..=3).contains(&themes.len()) => {
                let id = if themes.len() == 2 {
                    "themes-unclear-two"
                } else {
                    "themes-unclear-three"
                };
                let names = themes.iter().map(|theme| self.words.theme(theme));
                let places = ["first", "second", "third"];
                let message = places
                    .into_iter()
                    .zip(names)
                    .fold(Message::new(id), |message, (place, name)| {
                        message.with(place, name)
                    });
                self.words.say(&message)
            }
            Headline::NoClearLeader { .. } => self.words.id("themes-unclear-many"),
            Headline::TooFew { .. } => measure("themes-too-few"),
            Headline::Nobody => measure("themes-nobody"),
            Headline::Measure | Headline::ChoiceLeads { .. } => measure("themes-measure-title"),
        }
    }
}
