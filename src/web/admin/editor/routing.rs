//! "Show this when": sentences made of selects, for pages and questions.

use super::{
    drafting::Drafting,
    forming::{Forming, Reading},
    front::group,
};
use crate::{
    survey::{
        condition::{Bounds, Condition, Membership},
        definition::{Kind, OUTSIDE, Question},
        difference::condition_words,
        edit::routing::{Claim, Line, Routing},
        form::Form,
        ids::{Code, QuestionKey},
        message::Message,
    },
    web::pages::{EditButton, FieldView, GroupView},
};

/// What a form can say about a question, with the message of each.
const OPERATIONS: [(&str, &str); 4] = [
    ("is", "routing-is"),
    ("is_not", "routing-is-not"),
    ("answered", "routing-answered"),
    ("not_answered", "routing-not-answered"),
];

/// The groups of a form that say when a page or question is shown. `before` are the questions that can be asked about.
pub(super) fn groups(
    drafting: &Drafting<'_>,
    forming: &mut Forming<'_>,
    condition: Option<&Condition>,
    before: &[&Question],
) -> Vec<GroupView> {
    let speaker = drafting.speaker();
    let routing = match condition {
        None => Routing {
            all: true,
            groups: Vec::new(),
        },
        Some(condition) => match Routing::of(condition) {
            Some(routing) => routing,
            None => return vec![too_deep(drafting, condition)],
        },
    };
    let mut head = group("show_when", speaker.id("field-show-when"), Vec::new());
    head.hint = Some(match condition {
        None => speaker.id("routing-always"),
        Some(condition) => {
            let said = condition_words(drafting.definition(), condition, &drafting.fallback);
            speaker.say(&Message::new("routing-now").with("condition", said))
        }
    });
    if routing.groups.len() > 1 {
        let options = vec![
            ("all".to_owned(), speaker.id("routing-all")),
            ("any".to_owned(), speaker.id("routing-any")),
        ];
        head.fields.push(forming.select(
            "when.join",
            "routing-join",
            options,
            if routing.all { "all" } else { "any" },
        ));
    }
    let mut groups = vec![head];
    for (g, lines) in routing.groups.iter().enumerate() {
        for (i, line) in lines.iter().enumerate() {
            let mut view = line_group(drafting, forming, (g, i), line, before);
            if lines.len() > 1 || routing.groups.len() > 1 {
                // Within a group the other word joins than between groups.
                let id = match (i, routing.all) {
                    (0, _) if g == 0 => "routing-first",
                    (0, true) | (1.., false) => "routing-and",
                    (0, false) | (1.., true) => "routing-or",
                };
                view.title = speaker.id(id);
            }
            groups.push(view);
        }
    }
    if before.is_empty() {
        return groups;
    }
    let mut options = vec![(String::new(), speaker.id("edit-no-question"))];
    options.extend(
        before
            .iter()
            .map(|question| (question.key.to_string(), drafting.name(question))),
    );
    let new = forming.select("when.new", "routing-new", options, "");
    let mut add = group("when-new", speaker.id("routing-add"), vec![new]);
    add.is_row = true;
    let key = match (routing.groups.is_empty(), routing.all) {
        (true, _) => "edit-add",
        (false, true) => "routing-add-and",
        (false, false) => "routing-add-or",
    };
    add.buttons.push(EditButton {
        value: "when.add".to_owned(),
        key,
        about: String::new(),
    });
    if !routing.groups.is_empty() {
        let key = if routing.all {
            "routing-add-or"
        } else {
            "routing-add-and"
        };
        add.buttons.push(EditButton {
            value: "when.more".to_owned(),
            key,
            about: String::new(),
        });
    }
    groups.push(add);
    groups
}

fn too_deep(drafting: &Drafting<'_>, condition: &Condition) -> GroupView {
    let speaker = drafting.speaker();
    let said = condition_words(drafting.definition(), condition, &drafting.fallback);
    let mut view = group("show_when", speaker.id("field-show-when"), Vec::new());
    view.hint = Some(speaker.say(&Message::new("routing-too-deep").with("condition", said)));
    view.buttons.push(EditButton {
        value: "when.clear".to_owned(),
        key: "routing-clear",
        about: String::new(),
    });
    view
}

fn line_group(
    drafting: &Drafting<'_>,
    forming: &mut Forming<'_>,
    (g, i): (usize, usize),
    line: &Line,
    before: &[&Question],
) -> GroupView {
    let speaker = drafting.speaker();
    let name = |field: &str| format!("when.{g}.{i}.{field}");
    let key = line.claim.question();
    let question = drafting.definition().question(key);
    let mut options: Vec<(String, String)> = before
        .iter()
        .map(|question| (question.key.to_string(), drafting.name(question)))
        .collect();
    if !before.iter().any(|question| question.key == *key) {
        options.insert(
            0,
            (
                key.to_string(),
                question.map_or_else(|| key.to_string(), |question| drafting.name(question)),
            ),
        );
    }
    let mut fields =
        vec![forming.select(&name("question"), "routing-question", options, key.as_str())];
    fields.extend(
        question
            .map(|question| claim_fields(drafting, forming, &name, line, question))
            .unwrap_or_default(),
    );
    let mut view = group(
        &format!("when-{g}-{i}"),
        speaker.id("routing-first"),
        fields,
    );
    view.is_row = true;
    view.buttons.push(EditButton {
        value: format!("when.{g}.{i}.remove"),
        key: "edit-remove",
        about: speaker.id("routing-line"),
    });
    view
}

fn claim_fields(
    drafting: &Drafting<'_>,
    forming: &mut Forming<'_>,
    name: &dyn Fn(&str) -> String,
    line: &Line,
    question: &Question,
) -> Vec<FieldView> {
    let speaker = drafting.speaker();
    let operations = |wanted: &[&str]| -> Vec<(String, String)> {
        let wanted = OPERATIONS
            .iter()
            .filter(|(operation, _)| wanted.contains(operation));
        wanted
            .map(|(operation, id)| ((*operation).to_owned(), speaker.id(id)))
            .collect()
    };
    let chosen = match (&line.claim, line.not) {
        (Claim::Answered(_), false) => "answered",
        (Claim::Answered(_), true) => "not_answered",
        (_, false) => "is",
        (_, true) => "is_not",
    };
    let codes = codes(drafting, question);
    let is_numeric = matches!(
        question.kind,
        Kind::Scale { .. } | Kind::Number { .. } | Kind::Budget { .. }
    );
    if codes.is_empty() && !is_numeric {
        let operations = operations(&["answered", "not_answered"]);
        return vec![forming.select(&name("op"), "routing-operation", operations, chosen)];
    }
    let all = operations(&["is", "is_not", "answered", "not_answered"]);
    let mut fields = Vec::new();
    let (part, parts): (Option<&Code>, Vec<(String, String)>) = match (&question.kind, &line.claim)
    {
        (Kind::Grid { rows, .. }, claim) => {
            let row = if let Claim::Is(membership) = claim {
                membership.row.as_ref()
            } else {
                None
            };
            (
                row,
                rows.iter()
                    .map(|row| (row.code.to_string(), drafting.words(&row.label)))
                    .collect(),
            )
        }
        (Kind::Budget { items, .. }, claim) => {
            let item = if let Claim::Number(bounds) = claim {
                bounds.item.as_ref()
            } else {
                None
            };
            (
                item,
                items
                    .iter()
                    .map(|item| (item.code.to_string(), drafting.words(&item.label)))
                    .collect(),
            )
        }
        _ => (None, Vec::new()),
    };
    if !parts.is_empty() {
        fields.push(forming.select(
            &name("row"),
            "routing-row",
            parts,
            part.map_or("", Code::as_str),
        ));
    }
    fields.push(forming.select(&name("op"), "routing-operation", all, chosen));
    if is_numeric {
        let bounds = if let Claim::Number(bounds) = &line.claim {
            Some(bounds)
        } else {
            None
        };
        fields.push(forming.number(
            &name("from"),
            "routing-from",
            bounds.and_then(|bounds| bounds.at_least),
        ));
        fields.push(forming.number(
            &name("to"),
            "routing-to",
            bounds.and_then(|bounds| bounds.at_most),
        ));
    } else {
        let chosen = match &line.claim {
            Claim::Is(membership) => membership.any_of.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        };
        fields.push(forming.checks(&name("codes"), "routing-codes", codes, &chosen));
    }
    fields
}

/// The answers by code that a condition can ask for.
fn codes(drafting: &Drafting<'_>, question: &Question) -> Vec<(String, String)> {
    match &question.kind {
        Kind::Postcode { outside } | Kind::Area { outside } => {
            let areas = drafting.site.place.areas().iter();
            let mut codes: Vec<_> = areas
                .map(|area| (area.code.to_string(), area.name.clone()))
                .collect();
            codes.extend(
                outside
                    .as_ref()
                    .map(|words| (OUTSIDE.to_owned(), drafting.words(words))),
            );
            codes
        }
        Kind::Budget { .. } => Vec::new(),
        _ => {
            let choices = question.choices().iter();
            choices
                .map(|choice| (choice.code.to_string(), drafting.words(&choice.label)))
                .collect()
        }
    }
}

/// The questions that a page's condition can ask about: those of earlier pages; for a question also the earlier ones of
/// its own page.
pub(super) fn earlier<'a>(
    drafting: &'a Drafting<'_>,
    page: &crate::survey::ids::PageKey,
    question: Option<&QuestionKey>,
) -> Vec<&'a Question> {
    let mut before = Vec::new();
    for (_, on) in drafting.definition().pages() {
        if on.key == *page {
            if let Some(question) = question {
                before.extend(
                    on.all_questions()
                        .take_while(|other| other.key != *question),
                );
            }
            break;
        }
        before.extend(on.all_questions());
    }
    before.retain(|question| question.asks());
    before
}

/// The condition that a form says; `saved` where it is too deep for a form.
pub(super) fn read(
    drafting: &Drafting<'_>,
    reading: &mut Reading<'_>,
    saved: Option<&Condition>,
) -> Option<Condition> {
    let form = reading.form;
    let command = form.first("do").unwrap_or_default();
    if saved.is_some_and(|condition| Routing::of(condition).is_none()) {
        return saved.filter(|_| command != "when.clear").cloned();
    }
    let mut routing = Routing {
        all: form.first("when.join") != Some("any"),
        groups: Vec::new(),
    };
    // A lone group is of lines that all hold, unless it was one of several words: then the saved joining word counts.
    if form.first("when.join").is_none() {
        routing.all = saved
            .and_then(Routing::of)
            .is_none_or(|routing| routing.all);
    }
    for g in 0..crate::web::forms::MOST_FIELDS {
        if form.first(&format!("when.{g}.0.question")).is_none() {
            break;
        }
        let mut lines = Vec::new();
        for i in 0..crate::web::forms::MOST_FIELDS {
            if form.first(&format!("when.{g}.{i}.question")).is_none() {
                break;
            }
            let is_removed = command == format!("when.{g}.{i}.remove");
            let line = line(drafting, reading, g, i);
            lines.extend(line.filter(|_| !is_removed));
        }
        if !lines.is_empty() {
            routing.groups.push(lines);
        }
    }
    add_line(form, command, &mut routing);
    routing.condition()
}

/// A question chosen to be asked about: joined to the whole, or with `when.more` to the last group.
fn add_line(form: &Form, command: &str, routing: &mut Routing) {
    let Some(key) = form
        .first("when.new")
        .and_then(|key| QuestionKey::new(key).ok())
    else {
        return;
    };
    let new = Line {
        not: false,
        claim: Claim::Answered(key),
    };
    match routing.groups.last_mut() {
        Some(last) if command == "when.more" => last.push(new),
        _ => routing.groups.push(vec![new]),
    }
}

fn line(drafting: &Drafting<'_>, reading: &mut Reading<'_>, g: usize, i: usize) -> Option<Line> {
    let name = |field: &str| format!("when.{g}.{i}.{field}");
    let key: QuestionKey = reading.name(&name("question"), "edit-key-wrong")?;
    let operation = reading.raw(&name("op")).to_owned();
    let not = operation.starts_with("is_not") || operation.starts_with("not_");
    let part: Option<Code> = reading.name(&name("row"), "edit-code-wrong");
    let question = drafting.definition().question(&key)?;
    let claim = if operation.is_empty() || operation.ends_with("answered") {
        Claim::Answered(key)
    } else if matches!(
        question.kind,
        Kind::Scale { .. } | Kind::Number { .. } | Kind::Budget { .. }
    ) {
        let at_least = reading.number(&name("from"));
        let at_most = reading.number(&name("to"));
        let item = part.filter(|code| question.choice(code).is_some());
        if at_least.is_none() && at_most.is_none() {
            Claim::Answered(key)
        } else {
            Claim::Number(Bounds {
                question: key,
                item,
                at_least,
                at_most,
            })
        }
    } else {
        let known = codes(drafting, question);
        let any_of: Vec<Code> = reading
            .form
            .values(&name("codes"))
            .filter(|code| known.iter().any(|(known, _)| known == code))
            .filter_map(|code| Code::new(code).ok())
            .collect();
        // Another question was chosen: its choices can be ticked on the next page.
        if any_of.is_empty() {
            Claim::Answered(key)
        } else {
            let row = part.filter(|code| question.rows().iter().any(|row| row.code == *code));
            Claim::Is(Membership {
                question: key,
                row,
                any_of,
            })
        }
    };
    Some(Line { not, claim })
}
