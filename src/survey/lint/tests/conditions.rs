//! Conditions: what they refer to, and whether they can ever hold.

use super::*;

/// Page 0 asks `first`; page 1 asks one thing, when `condition` holds.
fn when(first: &str, condition: &str) -> Definition {
    survey(&[
        &[first],
        &[&format!("key: z, kind: number, show_when: {condition}")],
    ])
}

fn place(path: &str) -> String {
    format!("{Q1}.show_when.{path} (z)")
}

#[test]
fn conditions_refer_to_questions_that_are_there() {
    for (condition, path) in [
        ("{answered: x}", "answered"),
        ("{is: {question: x, any_of: [a]}}", "is"),
        ("{number: {question: x, at_least: 1}}", "number"),
    ] {
        errs(
            &when(&single("q"), condition),
            &place(path),
            "no question `x`",
        );
    }
    let nested = when(
        &single("q"),
        "{all: [{answered: q}, {any: [{not: {answered: x}}]}]}",
    );
    errs(
        &nested,
        &place("all[1].any[0].not.answered"),
        "no question `x`",
    );
}

#[test]
fn conditions_look_back_only() {
    errs(
        &when(&single("q"), "{answered: z}"),
        &place("answered"),
        "not asked before",
    );
    let later = survey(&[
        &[&format!("{}, show_when: {{answered: z}}", single("q"))],
        &["key: z, kind: number"],
    ]);
    errs(
        &later,
        &format!("{Q0}.show_when.answered (q)"),
        "not asked before",
    );
    let own_page = survey_shown(&[
        ("", &[&single("q")]),
        ("show_when: {answered: z}", &["key: z, kind: number"]),
    ]);
    errs(
        &own_page,
        "sections[0].pages[1].show_when.answered (p1)",
        "not asked before",
    );
    has_no_error(&survey(&[&[
        &single("q"),
        "key: z, kind: number, show_when: {answered: q}",
    ]]));
}

#[test]
fn codes_are_compared_with_codes() {
    let is = |first: &str, code: &str| {
        when(first, &format!("{{is: {{question: q, any_of: [{code}]}}}}"))
    };
    has_no_error(&is(&single("q"), "a"));
    errs(&is(&single("q"), "x"), &place("is.any_of"), "no code `x`");
    errs(
        &is(&single("q"), ""),
        &place("is.any_of"),
        "no code is given",
    );
    errs(
        &is("key: q, kind: number", "1"),
        &place("is"),
        "of kind number",
    );
    errs(
        &is("key: q, kind: short_text", "a"),
        &place("is"),
        "of kind short_text",
    );
    has_no_error(&is("key: q, kind: area", "E07000074"));
    errs(
        &is("key: q, kind: area", "E06000001"),
        &place("is.any_of"),
        "no code `E06000001`",
    );
    errs(
        &is("key: q, kind: postcode", "outside"),
        &place("is.any_of"),
        "no code `outside`",
    );
    has_no_error(&is(
        "key: q, kind: postcode, outside: {en: Elsewhere}",
        "outside",
    ));
}

#[test]
fn a_grid_is_compared_by_row() {
    let is = |first: &str, row: &str| {
        when(
            first,
            &format!("{{is: {{question: q, {row} any_of: [a]}}}}"),
        )
    };
    has_no_error(&is(&grid("q"), "row: r,"));
    errs(&is(&grid("q"), ""), &place("is"), "no row is named");
    errs(&is(&grid("q"), "row: x,"), &place("is.row"), "no row `x`");
    errs(
        &is(&single("q"), "row: r,"),
        &place("is.row"),
        "has no rows",
    );
}

#[test]
fn numbers_are_compared_with_numbers() {
    let number =
        |first: &str, bounds: &str| when(first, &format!("{{number: {{question: q, {bounds}}}}}"));
    let budget = format!("key: q, kind: budget, {ITEMS}");
    has_no_error(&number("key: q, kind: number", "at_least: 1"));
    errs(
        &number("key: q, kind: number", "item: a, at_least: 1"),
        &place("number.item"),
        "not a budget",
    );
    errs(
        &number("key: q, kind: number", "at_least: null"),
        &place("number"),
        "no bound",
    );
    errs(
        &number("key: q, kind: number", "at_least: 2, at_most: 1"),
        &place("number"),
        "at least 2 and at most 1",
    );
    errs(
        &number(&single("q"), "at_least: 1"),
        &place("number"),
        "gives no number",
    );
    has_no_error(&number(&budget, "item: a, at_least: 1"));
    errs(
        &number(&budget, "at_least: 1"),
        &place("number"),
        "no item is named",
    );
    errs(
        &number(&budget, "item: x, at_least: 1"),
        &place("number.item"),
        "no item `x`",
    );
}

#[test]
fn information_is_never_answered() {
    errs(
        &when("key: q, kind: information, body: {en: B}", "{answered: q}"),
        &place("answered"),
        "never answered",
    );
}

#[test]
fn empty_conditions_are_told_of() {
    errs(
        &when(&single("q"), "{any: []}"),
        &format!("{Q1}.show_when (z)"),
        "never holds",
    );
    warns(
        &when(&single("q"), "{all: []}"),
        &format!("{Q1}.show_when (z)"),
        "always holds",
    );
}

#[test]
fn contradictions_make_a_question_unreachable() {
    let a = "{is: {question: q, any_of: [a]}}";
    let b = "{is: {question: q, any_of: [b]}}";
    for (first, condition) in [
        (single("q"), format!("{{all: [{a}, {b}]}}")),
        (single("q"), format!("{{all: [{a}, {{all: [{b}]}}]}}")),
        (single("q"), format!("{{all: [{a}, {{not: {a}}}]}}")),
        (
            single("q"),
            format!("{{all: [{a}, {{not: {{answered: q}}}}]}}"),
        ),
        (single("q"), "{not: {all: []}}".to_owned()),
        (
            single("q"),
            format!("{{any: [{{all: [{a}, {b}]}}, {{any: []}}]}}"),
        ),
        (
            "key: q, kind: number".to_owned(),
            "{all: [{number: {question: q, at_least: 5}}, {number: {question: q, at_most: 4}}]}"
                .to_owned(),
        ),
        (
            "key: q, kind: number, max: 4".to_owned(),
            "{number: {question: q, at_least: 5}}".to_owned(),
        ),
    ] {
        errs(
            &when(&first, &condition),
            &format!("{Q1} (z)"),
            "nobody can ever see this question",
        );
    }
    for (first, condition) in [
        (single("q"), format!("{{any: [{a}, {b}]}}")),
        (single("q"), format!("{{not: {a}}}")),
        (single("q"), format!("{{all: [{{not: {a}}}, {b}]}}")),
        (
            format!("key: q, kind: multiple, {AB}"),
            format!("{{all: [{a}, {b}]}}"),
        ),
        (single("q"), "{not: {answered: q}}".to_owned()),
    ] {
        has_no_error(&when(&first, &condition));
    }
}

#[test]
fn what_follows_from_an_unreachable_page_is_unreachable() {
    let definition = survey_shown(&[
        ("", &[&single("q")]),
        (
            "show_when: {all: [{is: {question: q, any_of: [a]}}, {is: {question: q, any_of: [b]}}]}",
            &[&single("r")],
        ),
        ("show_when: {answered: r}", &[&single("s")]),
    ]);
    errs(
        &definition,
        "sections[0].pages[1].show_when (p1)",
        "nobody can ever see this page",
    );
    errs(
        &definition,
        "sections[0].pages[2].show_when (p2)",
        "nobody can ever see this page",
    );
}

#[test]
fn a_revealed_question_must_agree_with_the_choice_that_reveals_it() {
    let question = single("q").replace(
        "{en: B}",
        "{en: B}, reveals: [{key: z, kind: number, label: {en: Z}, show_when: {is: {question: q, any_of: [a]}}}]",
    );
    errs(
        &survey(&[&[&question]]),
        &format!("{Q0}.choices[1].reveals[0] (z)"),
        "nobody can ever see this question",
    );
}

#[test]
fn a_page_and_its_question_must_agree() {
    let definition = survey_shown(&[
        ("", &[&single("q")]),
        (
            "show_when: {is: {question: q, any_of: [a]}}",
            &[
                "key: y, kind: number",
                "key: z, kind: number, show_when: {is: {question: q, any_of: [b]}}",
            ],
        ),
    ]);
    errs(
        &definition,
        "sections[0].pages[1].questions[1] (z)",
        "nobody can ever see this question",
    );
}

#[test]
fn a_required_question_behind_a_branch_is_fine() {
    has_no_error(&survey(&[
        &[&single("q")],
        &["key: z, kind: number, required: true, show_when: {is: {question: q, any_of: [a]}}"],
    ]));
}

#[test]
fn checks_name_questions_and_codes_that_are_there_and_can_hold() {
    let with = |never: &str| {
        let mut definition = survey(&[&[&single("q")], &["key: z, kind: number"]]);
        let check = format!("{{code: odd, label: {{en: Odd}}, never: {never}}}");
        definition.checks = vec![serde_saphyr::from_str(&check).unwrap()];
        definition
    };
    let at = |path: &str| format!("checks[0].never.{path} (odd)");
    errs(&with("{answered: x}"), &at("answered"), "no question `x`");
    // Unlike what is shown, a check looks at every question.
    let late = with("{all: [{answered: z}, {not: {answered: q}}]}");
    assert!(
        late_findings(&late).is_empty(),
        "{:?}",
        late_findings(&late)
    );
    let never = with("{all: [{answered: z}, {not: {answered: z}}]}");
    assert!(
        late_findings(&never)
            .iter()
            .any(|finding| finding.contains("can't hold for anybody"))
    );
    let mut twice = late;
    twice.checks.push(twice.checks[0].clone());
    errs(&twice, "checks[1] (odd)", "used already");
    twice.checks = vec![twice.checks[0].clone(); 21];
    errs(&twice, "checks", "21 checks");
}

/// What the linter says of the checks.
fn late_findings(definition: &Definition) -> Vec<String> {
    let all = findings(definition);
    all.iter()
        .map(ToString::to_string)
        .filter(|finding| finding.contains("checks"))
        .collect()
}
