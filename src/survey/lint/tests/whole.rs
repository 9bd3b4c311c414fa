//! The survey as a whole: times, names, columns, roles, words.

use super::*;
use crate::survey::sample::text;

#[test]
fn a_sound_survey_has_no_error() {
    has_no_error(&small());
    let lint = &findings(&small())[0];
    assert_eq!(lint.severity, Severity::Warning);
    assert!(
        lint.to_string()
            .starts_with("warning: roles: no question gives the area; add "),
        "{lint}"
    );
}

#[test]
fn errors_come_before_warnings() {
    let mut definition = small();
    definition.minutes = 0;
    let severities: Vec<_> = findings(&definition)
        .iter()
        .map(|lint| lint.severity)
        .collect();
    assert!(severities.is_sorted());
    assert!(!is_publishable(&findings(&definition)));
}

#[test]
fn languages_are_given_once_each() {
    let mut definition = small();
    definition.languages.push(definition.languages[0].clone());
    errs(&definition, "languages", "`en` is given twice");
    definition.languages.clear();
    errs(&definition, "languages", "no language is given");
}

#[test]
fn times_are_in_order_in_range_and_long_enough() {
    let mut definition = small();
    definition.closes = definition.opens;
    errs(&definition, "closes", "before it opens");
    definition.closes = "2026-01-05T17:00".parse().unwrap();
    warns(&definition, "closes", "less than 14 days");
    definition.closes = jiff::civil::DateTime::MAX;
    errs(&definition, "closes", "out of range");
    definition.closes = "2026-03-01T17:00".parse().unwrap();
    definition.time_zone = "Essex".to_owned();
    errs(&definition, "time_zone", "is not a time zone");
    let mut definition = small();
    definition.grace_minutes = 31 * 24 * 60;
    errs(&definition, "grace_minutes", "longer than the 30 days");
    definition.minutes = 0;
    errs(&definition, "minutes", "0 minutes");
}

#[test]
fn there_is_somebody_to_ask() {
    let mut definition = small();
    definition.overview.contact.email = None;
    warns(&definition, "overview.contact", "nobody to ask");
    for email in [
        "a",
        "@b.example",
        "a@b",
        "a b@c.example",
        "a@b@c.example",
        "<a@b.example>",
    ] {
        definition.overview.contact.email = Some(email.to_owned());
        errs(
            &definition,
            "overview.contact.email",
            "not an email address",
        );
    }
    definition.overview.contact.phone = Some("ring us".to_owned());
    errs(
        &definition,
        "overview.contact.phone",
        "not a telephone number",
    );
}

#[test]
fn nothing_is_empty() {
    let mut definition = small();
    definition.sections[0].pages[0].questions.clear();
    errs(
        &definition,
        "sections[0].pages[0] (start)",
        "has no question",
    );
    definition.sections[0].pages.clear();
    errs(&definition, "sections[0] (all)", "has no page");
    definition.sections.clear();
    errs(&definition, "sections", "has no section");
}

#[test]
fn keys_are_used_once() {
    let mut definition = small();
    definition.themes.push(definition.themes[0].clone());
    errs(
        &definition,
        "themes[1] (calm)",
        "theme key `calm` is used already at themes[0]",
    );
    definition.sections.push(definition.sections[0].clone());
    errs(
        &definition,
        "sections[1] (all)",
        "section key `all` is used already at sections[0]",
    );
    errs(
        &definition,
        "sections[1].pages[0] (start)",
        "page key `start`",
    );
    errs(
        &definition,
        "sections[1].pages[0].questions[0] (feel)",
        "question key `feel`",
    );
    errs(
        &definition,
        "sections[1].pages[0].questions[0].choices[1].reveals[0] (reason)",
        "question key `reason` is used already at sections[0].pages[0].questions[0].choices[1].reveals[0]",
    );
}

#[test]
fn reserved_names_are_refused() {
    let mut definition = small();
    for key in ["check", "done", "copy", "exit", "saved", "remove"] {
        definition.sections[0].pages[0].key = key.parse().unwrap();
        errs(
            &definition,
            &format!("sections[0].pages[0] ({key})"),
            "every survey has",
        );
    }
    for key in ["action", "csrf", "website"] {
        errs(
            &survey(&[&[&single(key)]]),
            &format!("{Q0} ({key})"),
            "another field of every form",
        );
    }
    let grid = grid("q").replace("code: r", "code: declined");
    errs(
        &survey(&[&[&grid]]),
        &format!("{Q0}.rows[0] (q: declined)"),
        "another part of the question",
    );
    errs(
        &survey(&[&[&single("submitted_at")]]),
        &format!("{Q0} (submitted_at)"),
        "about each response",
    );
}

#[test]
fn codes_are_used_once_in_a_list() {
    let twice = single("q").replace("code: b", "code: a");
    errs(
        &survey(&[&[&twice]]),
        &format!("{Q0}.choices[1] (q: a)"),
        "code `a` is used already",
    );
    has_no_error(&survey(&[&[&grid("q").replace("code: r", "code: a")]]));
}

#[test]
fn columns_of_files_do_not_clash() {
    let multiple = format!("key: q, kind: multiple, {AB}");
    let clash = survey(&[&[&multiple, &single("q_b")]]);
    errs(
        &clash,
        "sections[0].pages[0].questions[1] (q_b)",
        "column `q_b`",
    );
    let upper = multiple.replace("code: b", "code: B");
    let clash = survey(&[&[&single("q_b"), &upper]]);
    errs(
        &clash,
        "sections[0].pages[0].questions[1] (q)",
        "column `q_B`",
    );
    let other = single("q").replace("{en: B}", "{en: B}, other: {en: Which}");
    let clash = survey(&[&[&other, "key: q_b_text, kind: short_text"]]);
    errs(
        &clash,
        "sections[0].pages[0].questions[1] (q_b_text)",
        "one of the question `q`",
    );
    has_no_error(&survey(&[&[&single("q"), &single("q_b")]]));
}

#[test]
fn a_page_has_four_questions_at_most() {
    let questions: Vec<String> = (0..5).map(|n| single(&format!("q{n}"))).collect();
    let questions: Vec<&str> = questions.iter().map(String::as_str).collect();
    warns(
        &survey(&[&questions]),
        "sections[0].pages[0] (p0)",
        "5 questions",
    );
}

#[test]
fn themes_are_there_and_used() {
    let lost = survey(&[&[
        &format!("{}, theme: lost", single("q")),
        &single("r").replace("{en: A}", "{en: A}, theme: lost"),
        &grid("s").replace("{en: R}", "{en: R}, theme: lost"),
    ]]);
    errs(&lost, &format!("{Q0}.theme (q)"), "no theme `lost`");
    errs(
        &lost,
        "sections[0].pages[0].questions[1].choices[0].theme (r: a)",
        "no theme `lost`",
    );
    errs(
        &lost,
        "sections[0].pages[0].questions[2].rows[0].theme (s: r)",
        "no theme `lost`",
    );
    warns(&lost, "themes[0] (calm)", "is about this theme");
}

fn roles(roles: &str, question: &str) -> Definition {
    let mut definition = survey(&[&[question]]);
    let roles = serde_json::from_str(roles).unwrap();
    definition.roles = roles;
    definition
}

#[test]
fn roles_name_fitting_questions() {
    errs(
        &roles(r#"{"area": "x"}"#, &single("q")),
        "roles.area",
        "no question `x`",
    );
    errs(
        &roles(r#"{"area": "q"}"#, &single("q")),
        "roles.area",
        "of kind single",
    );
    has_no_error(&roles(r#"{"area": "q"}"#, "key: q, kind: area"));
    errs(
        &roles(r#"{"age": "q"}"#, &single("q")),
        "roles.age",
        "not an age band",
    );
    errs(
        &roles(
            r#"{"age": "q"}"#,
            &single("q").replace("code: a", "code: 24_16"),
        ),
        "roles.age",
        "`24_16`",
    );
    let bands = single("q")
        .replace("code: a", "code: 16_24")
        .replace("code: b", "code: 75_plus");
    has_no_error(&roles(r#"{"age": "q"}"#, &bands));
    errs(
        &roles(r#"{"sex": "q"}"#, &single("q")),
        "roles.sex",
        "no choice `female`",
    );
    errs(
        &roles(
            r#"{"priorities": "q"}"#,
            &format!("key: q, kind: ranking, places: 1, {ITEMS}"),
        ),
        "roles.priorities",
        "item `a`",
    );
    errs(
        &roles(
            r#"{"budget": "q"}"#,
            &format!("key: q, kind: budget, {ITEMS}"),
        ),
        "roles.budget",
        "has no theme",
    );
    let grid = "key: q, kind: grid, columns: [{code: bad, label: {en: Bad}}, {code: good, label: {en: Good}}], rows: [{code: a, label: {en: A}}]";
    errs(
        &roles(r#"{"ratings": "q", "overall": "q"}"#, grid),
        "roles.ratings",
        "the row `a`",
    );
    errs(
        &roles(r#"{"ratings": "q", "overall": "q"}"#, grid),
        "roles.overall",
        "of kind grid",
    );
    warns(
        &roles(r#"{"overall": "q"}"#, &single("q")),
        "roles.overall",
        "no question is named as `ratings`",
    );
    let victim = |codes: &str| {
        roles(
            &format!(r#"{{"victim": {{"question": "q", "codes": {codes}}}}}"#),
            &single("q"),
        )
    };
    errs(&victim(r#"["x"]"#), "roles.victim.codes", "no choice `x`");
    errs(&victim("[]"), "roles.victim.codes", "no code");
    has_no_error(&victim(r#"["a"]"#));
}

#[test]
fn words_are_there_in_every_language() {
    let mut definition = small();
    definition.languages.push("cy".parse().unwrap());
    errs(
        &definition,
        "sections[0].pages[0].questions[0].label (feel)",
        "`cy` are missing",
    );
    errs(
        &definition,
        "sections[0].pages[0].questions[1].min_label (score)",
        "`cy` are missing",
    );
    errs(&definition, "overview.privacy", "`cy` are missing");
    let mut definition = small();
    definition.title = text("  ");
    errs(&definition, "title", "`en` are empty");
    definition
        .title
        .0
        .insert("fr".parse().unwrap(), "Bonjour".to_owned());
    warns(&definition, "title", "not one of its languages");
}

#[test]
fn words_are_neither_too_long_nor_broken() {
    let mut definition = small();
    definition.short_title = text(&"é".repeat(121));
    errs(&definition, "short_title.en", "121 characters");
    definition.short_title = text("a\nb");
    errs(&definition, "short_title.en", "control character");
    definition.overview.privacy = text("a\u{0}b");
    errs(&definition, "overview.privacy.en", "control character");
    definition.overview.privacy = text("a\n\nb [c](javascript:d)");
    warns(&definition, "overview.privacy.en", "will not be a link");
}

#[test]
fn only_short_answers_of_earlier_pages_are_piped() {
    let piped = |first: &str, key: &str| {
        survey(&[
            &[first],
            &[
                "key: z, kind: number",
                &format!("key: y, kind: information, body: {{en: 'So {{{{ {key} }}}}'}}"),
            ],
        ])
    };
    let place = "sections[0].pages[1].questions[1].body.en (y)";
    has_no_error(&piped(&single("q"), "q"));
    errs(
        &piped(&single("q"), "x"),
        place,
        "no page before this one asks `x`",
    );
    errs(
        &piped(&single("q"), "z"),
        place,
        "no page before this one asks `z`",
    );
    errs(&piped(&grid("q"), "q"), place, "can't be put into words");
    errs(&piped(&single("q"), "Q"), place, "does not name a question");
    let sensitive = format!(
        "{}, sensitive: {{en: Why}}, prefer_not_to_say: true",
        single("q")
    );
    errs(&piped(&sensitive, "q"), place, "is sensitive");
    let mut definition = small();
    definition.title = text("{{ feel }}?");
    errs(&definition, "title.en", "can't be put in here");
}

#[test]
fn answers_stand_for_groups_of_the_census_that_there_are() {
    let sensitive = |key: &str| {
        format!(
            "{}, sensitive: {{en: to compare}}, prefer_not_to_say: true",
            single(key)
        )
    };
    let entry = |group: &str, question: &str, codes: &str| {
        format!(r#"{{"group": "{group}", "question": "{question}", "codes": [{codes}]}}"#)
    };
    let asked = |entries: &str| {
        roles(
            &format!(r#"{{"disability": [{entries}]}}"#),
            &sensitive("q"),
        )
    };
    let (yes, no) = (
        entry("disabled", "q", r#""a""#),
        entry("not_disabled", "q", r#""b""#),
    );
    has_no_error(&asked(&format!("{yes}, {no}")));
    warns(&asked(&yes), "roles.disability", "stands for not_disabled");
    for (given, place, message) in [
        (entry("unwell", "q", r#""a""#), "group", "no group `unwell`"),
        (
            entry("disabled", "x", r#""a""#),
            "question",
            "no question `x`",
        ),
        (entry("disabled", "q", r#""z""#), "codes", "no choice `z`"),
        (entry("disabled", "q", ""), "codes", "no code puts anybody"),
    ] {
        errs(
            &asked(&given),
            &format!("roles.disability[0].{place}"),
            message,
        );
    }
    let twice = format!("{yes}, {}", entry("not_disabled", "q", r#""a""#));
    errs(
        &asked(&twice),
        "roles.disability[1].codes",
        "already stands",
    );
    let ethnicity = format!(r#"{{"ethnicity": [{}]}}"#, entry("disabled", "q", r#""a""#));
    errs(
        &roles(&ethnicity, &sensitive("q")),
        "roles.ethnicity[0].group",
        "no group `disabled`",
    );
    let open = roles(&format!(r#"{{"disability": [{yes}]}}"#), &single("q"));
    errs(&open, "roles.disability[0].question", "is not sensitive");
    let area = roles(
        &format!(r#"{{"disability": [{yes}]}}"#),
        "key: q, kind: area",
    );
    errs(&area, "roles.disability[0].question", "of kind area");
}
