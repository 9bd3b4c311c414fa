//! A LimeSurvey file from somebody with bad intent: bombs, files of this machine, scripts in texts, floods.

use std::time::{Duration, Instant};

use have_your_say::survey::{
    limesurvey::{Converted, Loss, LssError, convert},
    markdown,
};

const BOMB: &[u8] = include_bytes!("../fixtures/limesurvey/hostile-bomb.lss");
const EXTERNAL: &[u8] = include_bytes!("../fixtures/limesurvey/hostile-external.lss");
const SCRIPTS: &str = include_str!("../fixtures/limesurvey/hostile-scripts.lss");

#[test]
fn an_entity_bomb_is_refused_at_its_document_type() {
    let started = Instant::now();
    assert!(matches!(convert(BOMB), Err(LssError::DocumentType { .. })));
    assert!(started.elapsed() < Duration::from_secs(1));
    // Without a document type, an entity is a name that nobody knows.
    let text = String::from_utf8_lossy(BOMB);
    let start = text.find("<!DOCTYPE").unwrap();
    let end = text.find("]>").unwrap() + 2;
    let without = [&text[..start], &text[end..]].concat();
    let refused = convert(without.as_bytes());
    assert!(
        matches!(refused, Err(LssError::Entity { ref name, .. }) if name == "j"),
        "{refused:?}"
    );
}

#[test]
fn an_external_entity_reads_no_file() {
    let refused = convert(EXTERNAL).unwrap_err();
    assert!(
        matches!(refused, LssError::DocumentType { line: 2 }),
        "{refused:?}"
    );
    assert!(!refused.to_string().contains("root:"));
    for start in [
        "<!DOCTYPE document SYSTEM \"http://127.0.0.1:1/x.dtd\">",
        "<!DOCTYPE document PUBLIC \"a\" \"http://127.0.0.1:1/x\">",
    ] {
        let file = format!("{start}<document/>");
        assert!(matches!(
            convert(file.as_bytes()),
            Err(LssError::DocumentType { line: 1 })
        ));
    }
}

#[test]
fn scripts_in_a_limesurvey_text_are_taken_out_and_told() {
    let Converted { definition, report } = convert(SCRIPTS.as_bytes()).unwrap();
    let yaml = definition.to_yaml().unwrap();
    for gone in [
        "alert(1)", "alert(2)", "alert(4)", "alert(6)", "alert(7)", "onerror", "onload", "{{",
    ] {
        assert!(!yaml.contains(gone), "{gone}: {yaml}");
    }
    // What was typed as words stays words, whatever they look like.
    let question = definition.questions().next().unwrap();
    let first = definition.first_language();
    let label = question.label.get(&first, &first);
    let html = markdown::inline_html(label);
    assert!(
        html.contains("&lt;script&gt;alert(5)&lt;/script&gt;"),
        "{html}"
    );
    assert!(html.contains("**bold**"), "{html}");
    for text in [
        &definition.overview.what_we_ask,
        &definition.overview.privacy,
        &question.label,
    ] {
        let html = markdown::to_html(text.get(&first, &first));
        assert!(!html.contains("<a ") && !html.contains("<script"), "{html}");
    }
    assert_eq!(definition.overview.contact.email, None);
    let scripts = report
        .notes
        .iter()
        .filter(|note| matches!(note.loss, Loss::Script { .. }));
    assert_eq!(scripts.count(), 14);
}

/// A survey of 20 questions, each with the same words.
fn survey_of(words: &str) -> String {
    let questions: String = (0..20)
        .map(|n| format!("<row><qid>{n}</qid><gid>1</gid><type>T</type><title>q{n}</title><question><![CDATA[{words}]]></question></row>"))
        .collect();
    format!(
        "<document><LimeSurveyDocType>Survey</LimeSurveyDocType><groups><rows><row><gid>1</gid><group_name>G</group_name></row></rows></groups><questions><rows>{questions}</rows></questions></document>"
    )
}

#[test]
fn floods_of_attributes_tags_and_columns_take_no_long_time() {
    let attributes: String = (0..7_000).map(|n| format!(" a{n}")).collect();
    for words in [
        format!("<b{attributes}>"),
        "<b>".repeat(15_000),
        "<b>a</b> ".repeat(5_000),
        "<br><i> ".repeat(6_000),
        "{".repeat(40_000),
        "{a}".repeat(15_000),
        "<a href='http://x'>".repeat(2_500),
    ] {
        let file = survey_of(&words);
        assert!(
            file.len() < have_your_say::survey::limesurvey::MOST_BYTES,
            "{}",
            file.len()
        );
        let started = Instant::now();
        let _ = convert(file.as_bytes());
        let taken = started.elapsed();
        assert!(
            taken < Duration::from_secs(20),
            "{:?}: {taken:?}",
            &words[..20]
        );
    }
    let started = Instant::now();
    let file = format!(
        "<document {}></document>",
        (0..900_000)
            .map(|n| format!("a{n}='' "))
            .collect::<String>()
    );
    assert!(convert(file.as_bytes()).is_err());
    assert!(started.elapsed() < Duration::from_secs(20));
}
