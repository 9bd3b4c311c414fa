//! Samples of the editor.

use super::{
    super::{CopyPage, ErrorLink, officers::*},
    own,
};
use crate::web::templates::{Link, NavItem};

fn head(published: bool) -> EditHead {
    EditHead {
        title: own("Night buses 2026"),
        all: "/admin".to_owned(),
        saved: own("Saved by Priya Shah at 4:40pm on Tuesday 24 November 2026."),
        next_version: if published { 4 } else { 1 },
        in_force: published.then_some(3),
        results: published.then(|| "/admin/surveys/buses".to_owned()),
        tabs: vec![
            NavItem::current("edit-tab-outline", "/admin/surveys/buses/edit", true),
            NavItem::current(
                "edit-tab-publish",
                "/admin/surveys/buses/edit/publish",
                false,
            ),
        ],
    }
}

fn lint(severity: &'static str) -> LintView {
    LintView {
        severity,
        text: own("“speed and courtesy” may ask about two ideas at once"),
        mend: own("ask one question for each"),
        about: own("How satisfied are you?"),
        href: "/admin/surveys/buses/edit/question?key=satisfied#label.en".to_owned(),
    }
}

fn changes() -> Vec<ChangeView> {
    ["harmless", "comparison", "breaks"]
        .map(|effect| ChangeView {
            effect,
            text: own("Question “Age”: Words was “Age”, now “How old are you?”"),
        })
        .into()
}

fn error(field: &str) -> Vec<ErrorLink> {
    vec![ErrorLink {
        field: field.to_owned(),
        text: own("Enter the words"),
    }]
}

fn option(value: &str, selected: bool) -> SelectOption {
    SelectOption {
        value: value.to_owned(),
        text: own(value),
        selected,
    }
}

impl OutlinePage {
    /// With questions and findings, and blank.
    pub fn samples() -> Vec<Self> {
        let question = |key: &str, nested| OutlineQuestion {
            key: key.to_owned(),
            title: own("How satisfied are you?"),
            href: format!("/admin/surveys/buses/edit/question?key={key}"),
            kind: own("One answer"),
            nested,
            shown: nested.then(|| own("Shown when “Do you take the bus?” is Yes")),
            findings: usize::from(!nested),
        };
        let page = OutlinePageLine {
            key: "start".to_owned(),
            title: own("Your journeys"),
            href: "/admin/surveys/buses/edit/page?key=start".to_owned(),
            shown: Some(own("Shown when “Do you take the bus?” is answered")),
            findings: 2,
            questions: vec![question("satisfied", false), question("why", true)],
        };
        let section = OutlineSection {
            key: "start".to_owned(),
            title: own("Buses"),
            href: "/admin/surveys/buses/edit/section?key=start".to_owned(),
            findings: 0,
            pages: vec![page],
        };
        let full = Self {
            head: head(true),
            action: "/admin/surveys/buses/edit".to_owned(),
            revision: 7,
            errors: error("new.page.start"),
            pages: 1,
            questions: 2,
            sections: vec![section],
            lints: vec![lint("error"), lint("warning")],
            languages: vec![own("cy: 3 of 40 texts have words")],
            kinds: vec![option("single", true), option("grid", false)],
            preview: Some("/admin/surveys/buses/edit/preview?page=start".to_owned()),
        };
        let blank = Self {
            head: head(false),
            errors: Vec::new(),
            sections: Vec::new(),
            lints: Vec::new(),
            languages: Vec::new(),
            preview: None,
            ..full.clone()
        };
        vec![full, blank]
    }
}

fn field(name: &str, control: Control) -> FieldView {
    FieldView {
        name: name.to_owned(),
        label: own("Words"),
        hint: Some(own("A hint")),
        control,
        value: own("one"),
        checked: true,
        options: vec![option("one", true), option("two", false)],
        lang: Some("cy".to_owned()),
        error: None,
        lints: vec![lint("warning")],
    }
}

impl EditFormPage {
    /// Every control, with and without errors.
    pub fn samples() -> Vec<Self> {
        let controls = [
            Control::Line,
            Control::Number,
            Control::Area,
            Control::Moment,
            Control::Day,
            Control::Check,
            Control::Select,
            Control::Checks,
        ];
        let fields = |start: &str| -> Vec<FieldView> {
            let named = controls.iter().enumerate();
            named
                .map(|(at, control)| field(&format!("{start}.{at}"), *control))
                .collect()
        };
        let group = GroupView {
            id: "choices-0".to_owned(),
            title: own("Yes"),
            hint: Some(own("A hint")),
            is_row: true,
            fields: fields("choices"),
            more: fields("more"),
            more_open: false,
            buttons: vec![EditButton {
                value: "choices.0.up".to_owned(),
                key: "edit-up",
                about: own("Yes"),
            }],
            links: vec![Link {
                text: own("Why?"),
                href: "/admin/surveys/buses/edit/question?key=why".to_owned(),
            }],
        };
        let mut wrong = group.clone();
        wrong.more_open = true;
        wrong.fields[0].error = Some(own("Enter the words"));
        let page = Self {
            head: head(true),
            title: own("How satisfied are you?"),
            action: "/admin/surveys/buses/edit/question?key=satisfied".to_owned(),
            revision: 7,
            errors: Vec::new(),
            lints: vec![lint("error")],
            changes: changes(),
            groups: vec![group],
            preview: Some("/admin/surveys/buses/edit/preview?page=start".to_owned()),
            back: "/admin/surveys/buses/edit".to_owned(),
        };
        let failed = Self {
            errors: error("choices.0"),
            groups: vec![wrong],
            preview: None,
            changes: Vec::new(),
            ..page.clone()
        };
        vec![page, failed]
    }
}

impl EditConflictPage {
    /// What somebody else changed, and what was typed.
    pub fn samples() -> Vec<Self> {
        let page = Self {
            head: head(true),
            who: own("Ben saved at 4:40pm."),
            changes: changes(),
            action: "/admin/surveys/buses/edit/question?key=satisfied".to_owned(),
            revision: 8,
            carried: vec![HiddenView {
                name: "label.en".to_owned(),
                value: "Mine".to_owned(),
            }],
            theirs: "/admin/surveys/buses/edit/question?key=satisfied".to_owned(),
        };
        vec![page]
    }
}

impl EditPublishPage {
    /// Held, ready for the first time, and done.
    pub fn samples() -> Vec<Self> {
        let held = Self {
            head: head(true),
            action: "/admin/surveys/buses/edit/publish".to_owned(),
            revision: 7,
            held: Some(own("the survey is open.")),
            meanwhile: own("The survey is open."),
            dates: own("Opens at 9am. Closes at 5pm."),
            changes: changes(),
            lints: vec![lint("error"), lint("warning")],
            done: None,
        };
        let first = Self {
            head: head(false),
            held: None,
            changes: Vec::new(),
            lints: Vec::new(),
            ..held.clone()
        };
        let done = Self {
            head: head(true),
            done: Some(own("Version 3 is in force.")),
            ..first.clone()
        };
        vec![held, first, done]
    }
}

impl EditVersionsPage {
    /// With versions and a broken document, and new.
    pub fn samples() -> Vec<Self> {
        let version = |number, changes| VersionLine {
            number,
            at: own("4:40pm on Tuesday 24 November 2026"),
            changes,
        };
        let revision = |number| RevisionLine {
            number,
            at: own("4:40pm on Tuesday 24 November 2026"),
            by: own("Priya Shah"),
        };
        let full = Self {
            head: head(true),
            action: "/admin/surveys/buses/edit/versions".to_owned(),
            revision: 2,
            versions: vec![
                version(3, changes()),
                version(2, Vec::new()),
                version(1, Vec::new()),
            ],
            revisions: vec![revision(2), revision(1)],
            files: vec![Link {
                text: own("YAML"),
                href: "/admin/surveys/buses/edit/file?as=yaml".to_owned(),
            }],
            import: "/admin/surveys/buses/edit/file".to_owned(),
            typed: own("format: 2"),
            errors: error("document"),
        };
        let new = Self {
            head: head(false),
            versions: Vec::new(),
            errors: Vec::new(),
            typed: String::new(),
            ..full.clone()
        };
        vec![full, new]
    }
}

impl NewSurveyPage {
    /// A new survey, with and without an error, and a draft of a published one.
    pub fn samples() -> Vec<Self> {
        let page = |title: Option<&str>, errors| Self {
            action: "/admin/new-survey".to_owned(),
            title: title.map(str::to_owned),
            sources: vec![option("blank", true), option("plan", false)],
            errors,
        };
        vec![
            page(Some(""), Vec::new()),
            page(Some(""), error("title")),
            page(None, Vec::new()),
        ]
    }
}

impl TrialEndPage {
    /// As the copy of a response.
    pub fn samples() -> Vec<Self> {
        CopyPage::samples()
            .into_iter()
            .map(|copy| Self {
                sections: copy.sections,
                again: "/admin/surveys/buses/edit/trial".to_owned(),
                outline: "/admin/surveys/buses/edit".to_owned(),
            })
            .collect()
    }
}
