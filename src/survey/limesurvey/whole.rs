//! What a definition says about the survey as a whole, from LimeSurvey's settings and texts, or made up and reported.

use jiff::{
    ToSpan,
    civil::{DateTime, date},
};

use super::{
    LssError, Report,
    html::{self, Form},
    names,
    report::{Loss, Place, shortened},
    source::Source,
    xml::cell,
};
use crate::survey::{
    definition::{Contact, Definition, FORMAT, Overview, Roles, Section},
    ids::{IdError, Slug},
    text::Text,
};

/// How many questions are answered in a minute.
const A_MINUTE: usize = 4;
/// How long a survey is open that says no end.
const USUAL_DAYS: i64 = 28;
/// Settings that are carried over, or that name the survey, its owner or its time on LimeSurvey.
const KNOWN: [&str; 14] = [
    "sid",
    "gsid",
    "owner_id",
    "active",
    "admin",
    "adminemail",
    "language",
    "additional_languages",
    "startdate",
    "expires",
    "datecreated",
    "lastmodified",
    "format",
    "tokenencryptionoptions",
];
/// Texts that are carried over, or that are none.
const TEXTS: [&str; 9] = [
    "surveyls_survey_id",
    "surveyls_language",
    "surveyls_title",
    "surveyls_description",
    "surveyls_welcometext",
    "surveyls_policy_notice",
    "surveyls_dateformat",
    "surveyls_numberformat",
    "surveyls_attributecaptions",
];

/// The definition around its sections; texts are still as LimeSurvey has them.
///
/// # Errors
/// A name that keeps no rule, which no title brings about.
pub(super) fn definition(
    source: &Source,
    sections: Vec<Section>,
    report: &mut Report,
) -> Result<Definition, LssError> {
    let mut make_up = |field: &'static str, mend: &'static str| {
        report.add(&Place::Survey, Loss::MadeUp { field, mend });
    };
    let text = |column: &str| {
        source
            .texts
            .get(column)
            .filter(|words| !words.is_empty())
            .cloned()
            .map(Text)
    };
    let title = text("surveyls_title").unwrap_or_else(|| {
        make_up("title", "write the question the survey asks");
        everywhere(source, "Survey")
    });
    let summary = text("surveyls_description").unwrap_or_else(|| {
        make_up(
            "summary",
            "write in a sentence what the survey is and what it changes",
        );
        title.clone()
    });
    let what_we_ask = text("surveyls_welcometext").unwrap_or_else(|| {
        make_up("overview.what_we_ask", "write what the survey asks about");
        title.clone()
    });
    make_up("overview.who_can_answer", "write who may answer");
    let privacy = text("surveyls_policy_notice").unwrap_or_else(|| {
        make_up(
            "overview.privacy",
            "write what is kept of the answers and why",
        );
        everywhere(
            source,
            "What is kept of the answers, and why, is not written yet.",
        )
    });
    let (opens, closes) = times(source, &mut make_up);
    make_up(
        "time_zone",
        "LimeSurvey's times are its server's; see that they are meant in this zone",
    );
    make_up("minutes", "write how long it takes");
    let asked = sections
        .iter()
        .flat_map(|section| &section.pages)
        .flat_map(|page| &page.questions);
    let asked = asked.filter(|question| question.asks()).count();
    let definition = Definition {
        format: FORMAT,
        slug: slug(&title, source)?,
        languages: source.languages.clone(),
        short_title: title.clone(),
        summary,
        minutes: u8::try_from(asked.div_ceil(A_MINUTE))
            .unwrap_or(u8::MAX)
            .max(1),
        opens,
        closes,
        grace_minutes: 60,
        time_zone: "Europe/London".to_owned(),
        overview: Overview {
            what_we_ask,
            who_can_answer: everywhere(source, "Anybody who was asked to."),
            privacy,
            contact: contact(source),
            ..Overview::default()
        },
        themes: Vec::new(),
        roles: Roles::default(),
        checks: Vec::new(),
        sections,
        title,
    };
    unread(source, report);
    Ok(definition)
}

fn slug(title: &Text, source: &Source) -> Result<Slug, IdError> {
    let base = &source.languages[0];
    let words = html::convert(title.get(base, base), Form::Plain).0;
    let number = format!("survey-{}", source.sid);
    names::slug(&words, &number)
}

fn everywhere(source: &Source, words: &str) -> Text {
    let languages = source.languages.iter();
    Text(
        languages
            .map(|lang| (lang.clone(), words.to_owned()))
            .collect(),
    )
}

/// Opening and close: a survey that says neither is over before it begins, rather than open by accident.
fn times(
    source: &Source,
    make_up: &mut impl FnMut(&'static str, &'static str),
) -> (DateTime, DateTime) {
    let time = |column: &str| -> Option<DateTime> {
        let time: DateTime = cell(&source.settings, column).parse().ok()?;
        (1990..=2100).contains(&time.year()).then_some(time)
    };
    let opens = time("startdate").unwrap_or_else(|| {
        make_up("opens", "write when it opens");
        time("datecreated").unwrap_or(date(2000, 1, 1).at(9, 0, 0, 0))
    });
    let closes = time("expires")
        .filter(|closes| *closes > opens)
        .unwrap_or_else(|| {
            make_up("closes", "write when it closes");
            opens.saturating_add(USUAL_DAYS.days())
        });
    (opens, closes)
}

fn contact(source: &Source) -> Contact {
    let email = cell(&source.settings, "adminemail");
    let is_email = email.len() <= 254
        && !email.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c))
        && email.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.contains('@')
        });
    Contact {
        email: is_email.then(|| email.to_owned()),
        ..Contact::default()
    }
}

/// Settings and texts that are not carried over.
fn unread(source: &Source, report: &mut Report) {
    for (column, words) in &source.texts {
        if !TEXTS.contains(&column.as_str()) && !words.is_empty() {
            let name = shortened(column);
            report.add(&Place::Survey, Loss::SurveyText { name });
        }
    }
    let is_usual = |value: &str| matches!(value.trim(), "" | "0" | "-1" | "N" | "I" | "inherit");
    let has_contact = contact(source).email.is_some();
    let is_known = |column: &str| match column {
        "adminemail" => has_contact,
        column => KNOWN.contains(&column),
    };
    let names: Vec<String> = source
        .settings
        .iter()
        .filter(|(column, value)| !is_known(column) && !is_usual(value))
        .map(|(column, _)| shortened(column))
        .collect();
    if !names.is_empty() {
        report.add(&Place::Survey, Loss::Settings { names });
    }
}
