//! The editor: a survey's outline, forms for its parts, versions and publishing.

use serde::Serialize;

use crate::web::{
    pages::{AnswerSection, ErrorLink},
    templates::{Link, NavItem, Page},
};

/// What stands above every page of the editor.
#[derive(Debug, Clone, Serialize)]
pub struct EditHead {
    /// The survey's short title.
    pub title: String,
    /// The list of surveys.
    pub all: String,
    /// Who saved the draft last, and when, as a sentence.
    pub saved: String,
    /// The version that publishing makes.
    pub next_version: u32,
    /// The version in force.
    pub in_force: Option<u32>,
    /// The results of the version in force.
    pub results: Option<String>,
    /// The pages of the editor.
    pub tabs: Vec<NavItem>,
}

/// A finding of the linter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LintView {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What is wrong.
    pub text: String,
    /// What to do about it.
    pub mend: String,
    /// What it is about, in words.
    pub about: String,
    /// Where that is edited.
    pub href: String,
}

/// A difference.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeView {
    /// `harmless`, `comparison` or `breaks`.
    pub effect: &'static str,
    /// What it is.
    pub text: String,
}

/// A hidden field.
#[derive(Debug, Clone, Serialize)]
pub struct HiddenView {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A button of a form.
#[derive(Debug, Clone, Serialize)]
pub struct EditButton {
    /// What is sent as `do`.
    pub value: String,
    /// The message id of its words.
    pub key: &'static str,
    /// What it is about, for those who do not see where it stands.
    pub about: String,
}

/// The outline of a draft.
#[derive(Debug, Clone, Serialize)]
pub struct OutlinePage {
    /// The survey.
    pub head: EditHead,
    /// Where its buttons are posted to.
    pub action: String,
    /// The revision shown.
    pub revision: u32,
    /// What went wrong with the last edit.
    pub errors: Vec<ErrorLink>,
    /// How many pages there are.
    pub pages: usize,
    /// How many questions there are.
    pub questions: usize,
    /// Its sections.
    pub sections: Vec<OutlineSection>,
    /// What the linter says.
    pub lints: Vec<LintView>,
    /// How complete each language is, where there are several: sentences.
    pub languages: Vec<String>,
    /// Kinds of question to add.
    pub kinds: Vec<SelectOption>,
    /// A page as people see it, for a frame.
    pub preview: Option<String>,
}

impl Page for OutlinePage {
    const TEMPLATE: &'static str = "officers/edit_outline.html";
}

/// A section in an outline.
#[derive(Debug, Clone, Serialize)]
pub struct OutlineSection {
    /// Its key.
    pub key: String,
    /// Its name.
    pub title: String,
    /// Where it is edited.
    pub href: String,
    /// How many findings there are at it.
    pub findings: usize,
    /// Its pages.
    pub pages: Vec<OutlinePageLine>,
}

/// A page in an outline.
#[derive(Debug, Clone, Serialize)]
pub struct OutlinePageLine {
    /// Its key.
    pub key: String,
    /// Its heading.
    pub title: String,
    /// Where it is edited.
    pub href: String,
    /// When it is shown, as a sentence.
    pub shown: Option<String>,
    /// How many findings there are at it.
    pub findings: usize,
    /// Its questions.
    pub questions: Vec<OutlineQuestion>,
}

/// A question in an outline.
#[derive(Debug, Clone, Serialize)]
pub struct OutlineQuestion {
    /// Its key.
    pub key: String,
    /// Its few words.
    pub title: String,
    /// Where it is edited.
    pub href: String,
    /// Its kind, in words.
    pub kind: String,
    /// Whether it opens under a choice.
    pub nested: bool,
    /// When it is shown, as a sentence.
    pub shown: Option<String>,
    /// How many findings there are at it.
    pub findings: usize,
}

/// An entry of a drop-down list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SelectOption {
    /// What is sent.
    pub value: String,
    /// Its words.
    pub text: String,
    /// Whether it is chosen.
    pub selected: bool,
}

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Control {
    /// A line.
    Line,
    /// A whole number.
    Number,
    /// Several lines.
    Area,
    /// A day with a time of day.
    Moment,
    /// A day.
    Day,
    /// A tick box.
    Check,
    /// A drop-down list.
    Select,
    /// Any of several.
    Checks,
}

/// A field.
#[derive(Debug, Clone, Serialize)]
pub struct FieldView {
    /// Its name and id.
    pub name: String,
    /// Its label.
    pub label: String,
    /// A line of help.
    pub hint: Option<String>,
    /// How it is filled in.
    pub control: Control,
    /// As typed or saved.
    pub value: String,
    /// Whether it is ticked.
    pub checked: bool,
    /// What can be chosen.
    pub options: Vec<SelectOption>,
    /// The language of its words, where it is not the page's.
    pub lang: Option<String>,
    /// What is wrong with what was typed.
    pub error: Option<String>,
    /// What the linter says of it.
    pub lints: Vec<LintView>,
}

/// Fields under one heading.
#[derive(Debug, Clone, Serialize)]
pub struct GroupView {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// A line of help.
    pub hint: Option<String>,
    /// Whether it is a row of the group before it.
    pub is_row: bool,
    /// Its fields.
    pub fields: Vec<FieldView>,
    /// Fields that are seldom needed.
    pub more: Vec<FieldView>,
    /// Whether they are shown at once, because something is to be mended there.
    pub more_open: bool,
    /// Its buttons.
    pub buttons: Vec<EditButton>,
    /// Pages to go to from here, such as questions that open under a choice.
    pub links: Vec<Link>,
}

impl GroupView {
    /// The group, its seldom needed fields shown where one of them is to be mended.
    #[must_use]
    pub fn opened(mut self) -> Self {
        self.more_open = self
            .more
            .iter()
            .any(|field| field.error.is_some() || !field.lints.is_empty());
        self
    }
}

/// A form of the editor.
#[derive(Debug, Clone, Serialize)]
pub struct EditFormPage {
    /// The survey.
    pub head: EditHead,
    /// What is edited.
    pub title: String,
    /// Where the form is posted to.
    pub action: String,
    /// The revision shown.
    pub revision: u32,
    /// What was wrong with what was typed.
    pub errors: Vec<ErrorLink>,
    /// Findings that belong to no single field.
    pub lints: Vec<LintView>,
    /// What is different from the version in force.
    pub changes: Vec<ChangeView>,
    /// The form.
    pub groups: Vec<GroupView>,
    /// A page as people see it, for a frame.
    pub preview: Option<String>,
    /// The outline.
    pub back: String,
}

impl Page for EditFormPage {
    const TEMPLATE: &'static str = "officers/edit_form.html";
}

/// Somebody saved meanwhile.
#[derive(Debug, Clone, Serialize)]
pub struct EditConflictPage {
    /// The survey.
    pub head: EditHead,
    /// Who saved, and when, as a sentence.
    pub who: String,
    /// What they changed.
    pub changes: Vec<ChangeView>,
    /// Where the form is posted to.
    pub action: String,
    /// Their revision.
    pub revision: u32,
    /// What was typed.
    pub carried: Vec<HiddenView>,
    /// The same page as they left it.
    pub theirs: String,
}

impl Page for EditConflictPage {
    const TEMPLATE: &'static str = "officers/edit_conflict.html";
}

/// Publishing a draft.
#[derive(Debug, Clone, Serialize)]
pub struct EditPublishPage {
    /// The survey.
    pub head: EditHead,
    /// Where the form is posted to.
    pub action: String,
    /// The revision shown.
    pub revision: u32,
    /// Why it can't be published; none if it can.
    pub held: Option<String>,
    /// What becomes of responses in progress, as a sentence.
    pub meanwhile: String,
    /// When it opens and closes, as a sentence.
    pub dates: String,
    /// What is different from the version in force.
    pub changes: Vec<ChangeView>,
    /// Errors of the linter, then warnings.
    pub lints: Vec<LintView>,
    /// What was published just now, as a sentence.
    pub done: Option<String>,
}

impl Page for EditPublishPage {
    const TEMPLATE: &'static str = "officers/edit_publish.html";
}

/// Versions and revisions.
#[derive(Debug, Clone, Serialize)]
pub struct EditVersionsPage {
    /// The survey.
    pub head: EditHead,
    /// Where an earlier revision is asked back.
    pub action: String,
    /// The newest revision.
    pub revision: u32,
    /// Published versions, newest first.
    pub versions: Vec<VersionLine>,
    /// Revisions of the draft, newest first.
    pub revisions: Vec<RevisionLine>,
    /// The draft as files.
    pub files: Vec<Link>,
    /// Where a file is brought in.
    pub import: String,
    /// What was typed there.
    pub typed: String,
    /// What was wrong with it.
    pub errors: Vec<ErrorLink>,
}

impl Page for EditVersionsPage {
    const TEMPLATE: &'static str = "officers/edit_versions.html";
}

/// A published version.
#[derive(Debug, Clone, Serialize)]
pub struct VersionLine {
    /// Its number.
    pub number: u32,
    /// When it was published, in words.
    pub at: String,
    /// What is different from the one before; none for the first.
    pub changes: Vec<ChangeView>,
}

/// A revision of a draft.
#[derive(Debug, Clone, Serialize)]
pub struct RevisionLine {
    /// Its number.
    pub number: u32,
    /// When it was saved, in words.
    pub at: String,
    /// Who saved it.
    pub by: String,
}

/// The end of a trial run.
#[derive(Debug, Clone, Serialize)]
pub struct TrialEndPage {
    /// What was answered.
    pub sections: Vec<AnswerSection>,
    /// The first page again.
    pub again: String,
    /// The outline.
    pub outline: String,
}

impl Page for TrialEndPage {
    const TEMPLATE: &'static str = "officers/edit_trial_end.html";
}

/// A new survey, or a new draft of a published one.
#[derive(Debug, Clone, Serialize)]
pub struct NewSurveyPage {
    /// Where the form is posted to.
    pub action: String,
    /// Whether a name is asked for: a draft of a published survey has one.
    pub title: Option<String>,
    /// What it can start from.
    pub sources: Vec<SelectOption>,
    /// What was wrong.
    pub errors: Vec<ErrorLink>,
}

impl Page for NewSurveyPage {
    const TEMPLATE: &'static str = "officers/edit_new.html";
}
