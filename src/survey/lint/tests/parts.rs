//! One question: its kind, its numbers, its choices.

use super::*;

#[test]
fn lists_are_long_enough() {
    let one = "choices: [{code: a, label: {en: A}}]";
    errs(
        &survey(&[&[&format!("key: q, kind: single, {one}")]]),
        &format!("{Q0}.choices (q)"),
        "it has 1 choices",
    );
    errs(
        &survey(&[&[&format!("key: q, kind: multiple, {one}")]]),
        &format!("{Q0}.choices (q)"),
        "1 choices",
    );
    errs(
        &survey(&[&[&format!(
            "key: q, kind: ranking, places: 1, {}",
            one.replace("choices", "items")
        )]]),
        &format!("{Q0}.items (q)"),
        "1 items",
    );
    errs(
        &survey(&[&[&format!(
            "key: q, kind: budget, {}",
            one.replace("choices", "items")
        )]]),
        &format!("{Q0}.items (q)"),
        "1 items",
    );
    let grid = survey(&[&["key: q, kind: grid, rows: [], columns: []"]]);
    errs(&grid, &format!("{Q0}.rows (q)"), "0 rows");
    errs(&grid, &format!("{Q0}.columns (q)"), "0 columns");
}

#[test]
fn limits_of_a_multiple_choice_fit() {
    let multiple = |limits: &str| survey(&[&[&format!("key: q, kind: multiple, {limits}, {AB}")]]);
    has_no_error(&multiple("min: 1, max: 2"));
    errs(
        &multiple("min: 2, max: 1"),
        &format!("{Q0}.min (q)"),
        "min (2) is above max (1)",
    );
    errs(
        &multiple("max: 3"),
        &format!("{Q0}.max (q)"),
        "more than the 2 choices",
    );
    errs(
        &multiple("max: 0"),
        &format!("{Q0}.max (q)"),
        "0 means nothing",
    );
    let exclusive = format!(
        "key: q, kind: multiple, max: 2, {}",
        AB.replace("{en: B}", "{en: B}, exclusive: true")
    );
    errs(
        &survey(&[&[&exclusive]]),
        &format!("{Q0}.max (q)"),
        "more than the 1 choices",
    );
    let all = format!(
        "key: q, kind: multiple, {}",
        AB.replace("}}", "}, exclusive: true}")
    );
    errs(
        &survey(&[&[&all]]),
        &format!("{Q0}.choices (q)"),
        "every choice rules out",
    );
}

#[test]
fn a_scale_has_a_sensible_number_of_points() {
    let scale = |limits: &str| {
        survey(&[&[&format!(
            "key: q, kind: scale, min_label: {{en: Low}}, max_label: {{en: High}}, {limits}"
        )]])
    };
    has_no_error(&scale("min: -10, max: 10"));
    errs(
        &scale("min: 5, max: 1"),
        &format!("{Q0}.min (q)"),
        "above max",
    );
    errs(
        &scale("min: 1, max: 1"),
        &format!("{Q0}.max (q)"),
        "one point",
    );
    errs(
        &scale("min: -2147483648, max: 2147483647"),
        &format!("{Q0}.max (q)"),
        "4294967296 points",
    );
}

#[test]
fn places_of_a_ranking_fit_its_items() {
    let ranking = |limits: &str| survey(&[&[&format!("key: q, kind: ranking, {limits}, {ITEMS}")]]);
    has_no_error(&ranking("places: 2, min: 1"));
    errs(
        &ranking("places: 3"),
        &format!("{Q0}.places (q)"),
        "more than the 2 items",
    );
    errs(
        &ranking("places: 0"),
        &format!("{Q0}.places (q)"),
        "0 means nothing",
    );
    errs(
        &ranking("places: 1, min: 2"),
        &format!("{Q0}.min (q)"),
        "more than the 1 places",
    );
}

#[test]
fn a_budget_has_something_to_share() {
    let budget = |total: &str| survey(&[&[&format!("key: q, kind: budget, {total}, {ITEMS}")]]);
    has_no_error(&budget("total: 50"));
    errs(
        &budget("total: 0"),
        &format!("{Q0}.total (q)"),
        "nothing to share",
    );
    errs(
        &budget("total: 50, unit: percent"),
        &format!("{Q0}.total (q)"),
        "add up to 100",
    );
    errs(
        &budget("total: 4000000000"),
        &format!("{Q0}.total (q)"),
        "hard to share",
    );
}

#[test]
fn numbers_days_and_lengths_are_in_order() {
    let one = |question: &str| survey(&[&[question]]);
    errs(
        &one("key: q, kind: number, min: 2, max: 1"),
        &format!("{Q0}.min (q)"),
        "above max",
    );
    errs(
        &one("key: q, kind: date, min: 2026-02-01, max: 2026-01-01"),
        &format!("{Q0}.min (q)"),
        "above max",
    );
    errs(
        &one("key: q, kind: short_text, max_length: 0"),
        &format!("{Q0}.max_length (q)"),
        "0 characters",
    );
    errs(
        &one("key: q, kind: long_text, max_length: 20001"),
        &format!("{Q0}.max_length (q)"),
        "20001 characters",
    );
    errs(
        &one("key: q, kind: long_text, rows: 0"),
        &format!("{Q0}.rows (q)"),
        "0 lines",
    );
}

#[test]
fn sensitive_questions_can_be_declined() {
    let sensitive = format!("{}, sensitive: {{en: Why}}", single("q"));
    errs(
        &survey(&[&[&sensitive]]),
        &format!("{Q0} (q)"),
        "let people decline",
    );
    has_no_error(&survey(&[&[&format!(
        "{sensitive}, prefer_not_to_say: true"
    )]]));
}

#[test]
fn a_sensitive_question_under_one_that_can_be_declined_may_be_left_empty() {
    let parent = |fields: &str, inner: &str| {
        let reveals = format!(
            "{{en: B}}, reveals: [{{key: z, kind: short_text, label: {{en: Z}}, sensitive: {{en: Why}}{inner}}}]"
        );
        survey(&[&[&format!(
            "{}{fields}",
            single("q").replace("{en: B}", &reveals)
        )]])
    };
    has_no_error(&parent(", prefer_not_to_say: true", ""));
    let place = format!("{Q0}.choices[1].reveals[0] (z)");
    errs(&parent("", ""), &place, "let people decline");
    errs(
        &parent(", prefer_not_to_say: true", ", required: true"),
        &place,
        "let people decline",
    );
}

#[test]
fn information_takes_no_answer() {
    let information = "key: q, kind: information, body: {en: B}, required: true, prefer_not_to_say: true, sensitive: {en: Why}";
    for field in ["required", "prefer_not_to_say", "sensitive"] {
        errs(
            &survey(&[&[information]]),
            &format!("{Q0}.{field} (q)"),
            "asks nothing",
        );
    }
}

#[test]
fn a_message_for_a_missing_answer_needs_a_required_question() {
    let message = format!("{}, required_message: {{en: Say}}", single("q"));
    warns(
        &survey(&[&[&message]]),
        &format!("{Q0}.required_message (q)"),
        "never shown",
    );
}

#[test]
fn all_columns_of_a_scale_have_a_side_or_none() {
    let sided = |one: &str, other: &str| {
        let grid = grid("q").replace("{en: A}", &format!("{{en: A}}{one}"));
        survey(&[&[&grid.replace("{en: B}", &format!("{{en: B}}{other}"))]])
    };
    warns(
        &sided(", side: favourable", ""),
        &format!("{Q0}.columns (q)"),
        "some columns have a `side`",
    );
    for (one, other) in [
        (", side: favourable", ", side: unfavourable"),
        (", side: neutral", ", apart: true"),
    ] {
        let findings = findings(&sided(one, other));
        assert!(
            findings.iter().all(|lint| !lint.message.contains("side")),
            "{findings:?}"
        );
    }
}

#[test]
fn only_a_multiple_choice_has_exclusive_choices() {
    let exclusive =
        |question: &str| survey(&[&[&question.replace("{en: B}", "{en: B}, exclusive: true")]]);
    errs(
        &exclusive(&single("q")),
        &format!("{Q0}.choices[1].exclusive (q: b)"),
        "only a multiple choice",
    );
    errs(
        &exclusive(&grid("q")),
        &format!("{Q0}.columns[1].exclusive (q: b)"),
        "only a multiple choice",
    );
    has_no_error(&exclusive(&format!("key: q, kind: multiple, {AB}")));
}

#[test]
fn things_open_only_under_radios_and_checkboxes() {
    let reveals = "{en: B}, reveals: [{key: z, kind: number, label: {en: Z}}]";
    let other = "{en: B}, other: {en: Which}";
    for (field, opening) in [("reveals", reveals), ("other", other)] {
        let opening = |question: &str| survey(&[&[&question.replace("{en: B}", opening)]]);
        has_no_error(&opening(&single("q")));
        has_no_error(&opening(&format!("key: q, kind: multiple, {AB}")));
        errs(
            &opening(&format!("{}, display: select", single("q"))),
            &format!("{Q0}.choices[1].{field} (q: b)"),
            "drop-down",
        );
        errs(
            &opening(&format!("key: q, kind: ranking, places: 1, {ITEMS}")),
            &format!("{Q0}.items[1].{field} (q: b)"),
            "nothing opens",
        );
        errs(
            &opening(&grid("q")),
            &format!("{Q0}.columns[1].{field} (q: b)"),
            "nothing opens",
        );
    }
}

#[test]
fn reveals_are_one_deep() {
    let inner = format!(
        "{{label: {{en: L}}, {}}}",
        single("inner").replace(
            "{en: B}",
            "{en: B}, reveals: [{key: z, kind: number, label: {en: Z}}]"
        )
    );
    let outer = single("q").replace("{en: B}", &format!("{{en: B}}, reveals: [{inner}]"));
    errs(
        &survey(&[&[&outer]]),
        &format!("{Q0}.choices[1].reveals[0].choices[1].reveals (inner: b)"),
        "can't reveal another",
    );
}
