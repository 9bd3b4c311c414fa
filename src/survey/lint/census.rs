//! Rules about the answers that are set beside groups of the Census.

use super::{Findings, Located, Spot};
use crate::survey::definition::{CensusAnswers, DISABILITY_GROUPS, Definition, ETHNIC_GROUPS};

pub(super) fn lint(definition: &Definition, located: &[Located<'_>], findings: &mut Findings) {
    let roles = &definition.roles;
    for (role, entries, groups) in [
        ("ethnicity", &roles.ethnicity, &ETHNIC_GROUPS[..]),
        ("disability", &roles.disability, &DISABILITY_GROUPS[..]),
    ] {
        for (place, entry) in entries.iter().enumerate() {
            let spot = Spot::new(format!("roles.{role}[{place}]"));
            entry_fits(entry, groups, &spot, located, findings);
            let earlier = || entries[..place].iter();
            for code in &entry.codes {
                if earlier()
                    .any(|other| other.question == entry.question && other.codes.contains(code))
                {
                    findings.error(
                        &spot.at("codes"),
                        format!("the code `{code}` already stands for a group"),
                        "let each choice stand for one group",
                    );
                }
            }
        }
        let is_told = |group: &&&str| entries.iter().any(|entry| entry.group.as_str() == **group);
        let untold: Vec<&str> = groups
            .iter()
            .filter(|group| !is_told(group))
            .copied()
            .collect();
        if !entries.is_empty() && !untold.is_empty() {
            findings.warning(
                &Spot::new(format!("roles.{role}")),
                format!("no answer stands for {}", untold.join(", ")),
                "name the answers of every group, or the group looks as if nobody of it had answered",
            );
        }
    }
}

fn entry_fits(
    entry: &CensusAnswers,
    groups: &[&str],
    spot: &Spot,
    located: &[Located<'_>],
    findings: &mut Findings,
) {
    if !groups.contains(&entry.group.as_str()) {
        findings.error(
            &spot.at("group"),
            format!("the Census has no group `{}`", entry.group),
            format!("name one of {}", groups.join(", ")),
        );
    }
    let found = located
        .iter()
        .find(|located| located.question.key == entry.question);
    let Some(question) = found.map(|located| located.question) else {
        findings.error(
            &spot.at("question"),
            format!("there is no question `{}`", entry.question),
            "name a question of this survey",
        );
        return;
    };
    if question.kind.name() != "single" {
        findings.error(
            &spot.at("question"),
            format!(
                "the question `{}` is of kind {}",
                question.key,
                question.kind.name()
            ),
            "name a question of kind single",
        );
        return;
    }
    if question.sensitive.is_none() {
        findings.error(
            &spot.at("question"),
            format!("the question `{}` is not sensitive", question.key),
            "say in `sensitive` why it is asked: ethnic group and health are special-category data",
        );
    }
    for code in &entry.codes {
        if question.choice(code).is_none() {
            findings.error(
                &spot.at("codes"),
                format!("the question `{}` has no choice `{code}`", question.key),
                "name codes of its choices",
            );
        }
    }
    if entry.codes.is_empty() {
        findings.error(
            &spot.at("codes"),
            "no code puts anybody in the group",
            "name the codes that mean the group",
        );
    }
}
