//! The parts by themselves: HTML, equations, and files that are damaged in any way.

use proptest::{collection::vec, prelude::*};

use super::*;
use crate::survey::{
    condition::Condition,
    limesurvey::{equation, html},
};

#[test]
fn html_becomes_markdown_or_words() {
    let prose = |html: &str| html::convert(html, html::Form::Prose).0;
    for (html, wanted) in [
        ("One<br>two<p>three</p>", "One\n\ntwo\n\nthree"),
        (
            "<ul><li>a</li><li><b>b</b> c</li></ul>d",
            "- a\n- **b** c\n\nd",
        ),
        ("<h2>Head</h2>body", "**Head**\n\nbody"),
        ("<b><b>a</b> b</b> <strong> </strong>c", "**a b** c"),
        (
            "[x](https://a.example) *y* - z",
            "\\[x\\](https://a.example) \\*y\\* - z",
        ),
        ("- not a list", "\\- not a list"),
        (
            "<a href='mailto:a@b.example'>write</a>",
            "[write](mailto:a@b.example)",
        ),
        ("a &lt;b&gt; &amp;amp; &nbsp; c", "a <b> &amp; c"),
        ("5 < 6 <script>x</script>> 4", "5 < 6 > 4"),
        ("<style>a{}</style><!-- b -->c<iframe>d</iframe>", "c"),
        ("<textarea><p>a</textarea>b", "b"),
        ("<script>a", ""),
        ("", ""),
    ] {
        assert_eq!(prose(html), wanted, "{html}");
    }
    assert_eq!(
        html::convert("<p>a</p><p><b>b</b></p>", html::Form::Line).0,
        "a **b**"
    );
    assert_eq!(
        html::convert("<p>*a*</p><p><b>b</b></p>", html::Form::Plain).0,
        "*a* b"
    );
}

#[test]
fn equations_are_read_or_it_is_said_why_not() {
    for text in [
        "Q1.NAOK == \"A1\"",
        "((Q1 eq 'A1') and (Q2_SQ001.NAOK != \"Y\")) or !is_empty(Q3.NAOK)",
        "not (Q1 < 5 && 3 <= Q2) || is_empty(Q4)",
        "12X3X4SQ1.NAOK >= -2.5",
        "1",
    ] {
        assert!(equation::parse(text).is_ok(), "{text}");
    }
    let deep = "(".repeat(5_000);
    let deep_not = "!".repeat(3_000);
    let long = "Q1 == \"A1\" or ".repeat(1_000);
    for (text, why) in [
        ("Q1 == ", Why::Broken),
        ("Q1 == \"A1", Why::Broken),
        ("(Q1 == 1", Why::Broken),
        ("Q1 == 1 1", Why::Broken),
        ("", Why::Broken),
        ("Q1 + 1 == 2", Why::Comparison("Q1".to_owned())),
        ("Q1", Why::Comparison("Q1".to_owned())),
        ("Q1 = 2", Why::Character('=')),
        ("sum(Q1, Q2) > 2", Why::Function("sum".to_owned())),
        ("Q1 == Q2", Why::Comparison("Q1".to_owned())),
        (deep.as_str(), Why::TooMuch),
        (deep_not.as_str(), Why::TooMuch),
        (long.as_str(), Why::TooMuch),
    ] {
        let found = equation::parse(text).unwrap_err();
        let is_sum = text.contains('+');
        assert!(
            found == why || (is_sum && found == Why::Character('+')),
            "{text}: {found:?}"
        );
    }
}

/// A survey of one question, with another that is shown by an equation.
fn with_equation(equation: &str) -> Converted {
    let from = "((445566X1X10.NAOK == \"Y\"))";
    assert!(TWO_LANGUAGES.contains(from));
    converted(&TWO_LANGUAGES.replacen(from, equation, 1))
}

#[test]
fn an_equation_that_names_what_is_not_there_is_told_and_hides_nothing() {
    for (equation, why) in [
        (
            "nobody.NAOK == \"Y\"",
            "`nobody` is no answer that was carried over",
        ),
        ("Victim.NAOK == \"Z\"", "`Victim` has no code \"Z\""),
        (
            "Victim.NAOK > \"M\"",
            "`Victim` can't be compared like this",
        ),
        ("age.NAOK > 3", "`age` is no answer that was carried over"),
        (
            "kinds_SQ001.NAOK == \"Y\"",
            "`kinds` is not asked before this",
        ),
    ] {
        let survey = with_equation(equation);
        let kinds = survey.definition.question(&key("kinds")).unwrap();
        assert_eq!(kinds.show_when, None, "{equation}");
        let said = told(&survey)
            .into_iter()
            .find(|said| said.starts_with("question kinds: the relevance"));
        let said = said.unwrap();
        // A number that is asked later is known, and said to be later.
        assert!(
            said.ends_with(why) || said.ends_with("is not asked before this"),
            "{said}"
        );
    }
    let always = with_equation("1 or Victim.NAOK == \"Y\"");
    assert_eq!(
        always.definition.question(&key("kinds")).unwrap().show_when,
        None
    );
    let answered = with_equation("!is_empty(Victim.NAOK)");
    assert_eq!(
        answered
            .definition
            .question(&key("kinds"))
            .unwrap()
            .show_when,
        Some(Condition::Answered(key("victim")))
    );
}

#[test]
fn damaged_files_are_refused_with_what_and_where() {
    let error = |bytes: &[u8]| convert(bytes).unwrap_err().to_string();
    let shell = |inside: &str| {
        format!("<document>\n<LimeSurveyDocType>Survey</LimeSurveyDocType>\n{inside}</document>")
    };
    assert_eq!(
        error(b""),
        "this is not a LimeSurvey survey: LimeSurveyDocType is \"\", where \"Survey\" is wanted"
    );
    assert_eq!(
        error(b"a\n\xff"),
        "line 2: byte 2 is not UTF-8; save the file as UTF-8"
    );
    assert!(error(b"\xff\xfe<\0d\0").contains("not UTF-8"));
    assert_eq!(
        error(shell("").replace("Survey<", "Group<").as_bytes()),
        "this is not a LimeSurvey survey: LimeSurveyDocType is \"Group\", where \"Survey\" is wanted"
    );
    assert_eq!(
        error(shell("").as_bytes()),
        "the file has no question that can be carried over"
    );
    assert_eq!(
        error(&EVERY_TYPE.as_bytes()[..EVERY_TYPE.find("</rows>").unwrap()]),
        format!(
            "line {}: the file ends inside `rows`; it is cut short",
            EVERY_TYPE
                .lines()
                .position(|line| line.contains("</rows>"))
                .unwrap()
                + 1
        )
    );
    assert!(matches!(
        convert(shell("<a>").as_bytes()),
        Err(LssError::Malformed { line: 3, .. })
    ));
    assert_eq!(
        error(shell("<groups>&bomb;</groups>").as_bytes()),
        "line 3: the entity `&bomb;` is not one of XML's own"
    );
    assert!(matches!(
        convert(shell(&"<a>".repeat(50)).as_bytes()),
        Err(LssError::TooDeep { line: 3, most: 12 })
    ));
    let rows = "<row><gid>1</gid></row>".repeat(60_001);
    assert!(matches!(
        convert(shell(&format!("<x><rows>{rows}</rows></x>")).as_bytes()),
        Err(LssError::TooMany {
            what: "rows",
            count: 60_001,
            ..
        })
    ));
    let questions: String = (0..301)
        .map(|n| format!("<row><qid>{n}</qid><gid>1</gid><type>S</type><title>q{n}</title></row>"))
        .collect();
    assert!(matches!(
        convert(shell(&format!("<questions><rows>{questions}</rows></questions>")).as_bytes()),
        Err(LssError::TooMany {
            what: "questions",
            count: 301,
            ..
        })
    ));
    assert!(matches!(
        convert(&vec![b' '; MOST_BYTES + 1]),
        Err(LssError::TooLarge { .. })
    ));
}

/// A fixture with some of its bytes taken out, put in, doubled or changed.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let change = (
        any::<prop::sample::Index>(),
        0..40_usize,
        vec(any::<u8>(), 0..4),
        any::<bool>(),
    );
    (prop::sample::select(FIXTURES.to_vec()), vec(change, 1..12)).prop_map(|(lss, changes)| {
        let mut bytes = lss.as_bytes().to_vec();
        for (at, length, put, is_copy) in changes {
            let start = at.index(bytes.len());
            let end = (start + length).min(bytes.len());
            let put = if is_copy {
                bytes[start..end].repeat(2)
            } else {
                put
            };
            bytes.splice(start..end, put);
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_bytes_bring_the_converter_down(bytes in vec(any::<u8>(), 0..400)) {
        let _ = convert(&bytes);
    }

    #[test]
    fn no_damage_to_a_file_brings_the_converter_down(bytes in mutated()) {
        if let Ok(converted) = convert(&bytes) {
            // What the file contradicts is its author's to mend; all else that comes out can be published.
            let lints = lint(&converted.definition, &LintContext { is_area: &|_| false });
            for error in lints.iter().filter(|lint| lint.severity == Severity::Error) {
                prop_assert!(error.message.starts_with("nobody can ever see"), "{}", error);
            }
            let yaml = converted.definition.to_yaml().unwrap();
            prop_assert_eq!(Definition::from_yaml(&yaml).unwrap(), converted.definition);
        }
    }

    #[test]
    fn no_equation_brings_the_parser_down(text in "[ -~é]{0,60}|([()!&|<>=\"' .,a-zA-Z0-9_]|and|or|not){0,60}") {
        let _ = equation::parse(&text);
    }

    #[test]
    fn no_html_brings_its_reader_down_and_no_line_breaks_stay_in_a_line(html in "([<>/a-z \"'=&;\\n{}*\\[\\]()é-]|<script>|<li>|<b>|</b>|<a href=/x>){0,60}") {
        for form in [html::Form::Plain, html::Form::Line] {
            let (words, _) = html::convert(&html, form);
            prop_assert!(!words.contains(char::is_control), "{:?}", words);
        }
        let (prose, _) = html::convert(&html, html::Form::Prose);
        prop_assert!(!prose.contains("\n\n\n"), "{:?}", prose);
    }
}
