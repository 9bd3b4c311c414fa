//! Rules about the questions that filters, banners and weights rely on.

use super::{Findings, Located, Spot};
use crate::survey::{
    definition::{Definition, Kind, Question},
    ids::QuestionKey,
};

pub(super) fn lint(definition: &Definition, located: &[Located<'_>], findings: &mut Findings) {
    let roles = &definition.roles;
    let mut role = |name: &str,
                    key: Option<&QuestionKey>,
                    kinds: &[&str],
                    rule: &dyn Fn(&Question, &Spot, &mut Findings)| {
        let Some(key) = key else { return };
        let spot = Spot::new(format!("roles.{name}"));
        let Some(entry) = located.iter().find(|entry| entry.question.key == *key) else {
            findings.error(
                &spot,
                format!("there is no question `{key}`"),
                "name a question of this survey, or leave the role out",
            );
            return;
        };
        let kind = entry.question.kind.name();
        if kinds.contains(&kind) {
            rule(entry.question, &spot, findings);
        } else {
            findings.error(
                &spot,
                format!("the question `{key}` is of kind {kind}"),
                format!("name a question of kind {}", kinds.join(" or ")),
            );
        }
    };
    role(
        "area",
        roles.area.as_ref(),
        &["postcode", "area"],
        &|_, _, _| {},
    );
    role("age", roles.age.as_ref(), &["single"], &age_bands);
    role(
        "sex",
        roles.sex.as_ref(),
        &["single"],
        &|question, spot, findings| {
            for code in ["female", "male"] {
                if question
                    .choices()
                    .iter()
                    .all(|choice| choice.code.as_str() != code)
                {
                    findings.error(
                        spot,
                        format!("the question `{}` has no choice `{code}`", question.key),
                        "give its choices the codes female and male, as the Census has them",
                    );
                }
            }
        },
    );
    role(
        "victim",
        roles.victim.as_ref().map(|victim| &victim.question),
        &["single", "multiple"],
        &|question, spot, findings| {
            let codes = roles.victim.iter().flat_map(|victim| &victim.codes);
            for code in codes.clone() {
                if question.choice(code).is_none() {
                    findings.error(
                        &spot.at("codes"),
                        format!("the question `{}` has no choice `{code}`", question.key),
                        "name codes of its choices",
                    );
                }
            }
            if codes.count() == 0 {
                findings.error(
                    &spot.at("codes"),
                    "no code makes anybody a victim of crime",
                    "name the codes that mean yes",
                );
            }
        },
    );
    role(
        "priorities",
        roles.priorities.as_ref(),
        &["ranking"],
        &items_have_themes,
    );
    role(
        "budget",
        roles.budget.as_ref(),
        &["budget"],
        &items_have_themes,
    );
    role(
        "ratings",
        roles.ratings.as_ref(),
        &["grid"],
        &rows_have_themes,
    );
    role(
        "overall",
        roles.overall.as_ref(),
        &["scale", "single"],
        &|_, _, _| {},
    );
    for (name, other, is_alone) in [
        (
            "ratings",
            "overall",
            roles.ratings.is_some() && roles.overall.is_none(),
        ),
        (
            "overall",
            "ratings",
            roles.overall.is_some() && roles.ratings.is_none(),
        ),
    ] {
        if is_alone {
            findings.warning(
                &Spot::new(format!("roles.{name}")),
                format!("no question is named as `{other}`"),
                "name both, or importance can't be worked out",
            );
        }
    }
    if roles.area.is_none() {
        findings.warning(
            &Spot::new("roles"),
            "no question gives the area",
            "add a postcode or area question and name it as `area`, or there are no results by area",
        );
    }
}

/// Bands such as `16_24` and `75_plus`, as weights and filters read them.
fn age_bands(question: &Question, spot: &Spot, findings: &mut Findings) {
    let is_band = |code: &str| {
        code.split_once('_').is_some_and(|(from, to)| {
            from.parse::<u8>()
                .is_ok_and(|from| to == "plus" || to.parse::<u8>().is_ok_and(|to| from <= to))
        })
    };
    for choice in question.choices().iter().filter(|choice| !choice.apart) {
        if !is_band(choice.code.as_str()) {
            findings.error(
                spot,
                format!(
                    "the code `{}` of the question `{}` is not an age band",
                    choice.code, question.key
                ),
                "use codes such as 16_24 and 75_plus, or set the choice `apart: true`",
            );
        }
    }
}

fn items_have_themes(question: &Question, spot: &Spot, findings: &mut Findings) {
    debug_assert!(matches!(
        question.kind,
        Kind::Ranking { .. } | Kind::Budget { .. }
    ));
    for item in question.choices().iter().filter(|item| !item.apart) {
        if item.theme.is_none() {
            findings.error(
                spot,
                format!(
                    "the item `{}` of the question `{}` has no theme",
                    item.code, question.key
                ),
                "give it a `theme`, or set it `apart: true`",
            );
        }
    }
}

fn rows_have_themes(question: &Question, spot: &Spot, findings: &mut Findings) {
    for row in question.rows().iter().filter(|row| row.theme.is_none()) {
        findings.error(
            spot,
            format!(
                "the row `{}` of the question `{}` has no theme",
                row.code, question.key
            ),
            "give it a `theme`",
        );
    }
}
