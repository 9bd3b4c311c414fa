//! Themes, and the questions that play a part in every analysis.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{
    conflict::commit,
    drafting::Drafting,
    forming::{Forming, Reading, hinted},
    front::{change_rows, group, row_buttons, row_count},
};
use crate::{
    survey::{
        definition::{Kind, Question, Roles, Theme, Victim},
        edit::{Edit, theme_key_from},
        form::Form,
        ids::{QuestionKey, ThemeKey},
        lint::Owner,
        text::Text,
    },
    web::{
        admin::session::SignedInOfficer,
        errors::PageError,
        forms::Submitted,
        pages::{Control, EditButton, EditFormPage, ErrorLink, GroupView},
        site::Site,
    },
};

/// `GET /admin/surveys/{slug}/edit/themes`.
///
/// # Errors
/// [`PageError`] for an unknown draft or a failing store.
pub async fn show(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    let drafting = Drafting::at(&site, &officer, &slug).await?;
    render(&drafting, None, &[])
}

/// `POST /admin/surveys/{slug}/edit/themes`: the themes, or with `do=roles` the roles.
///
/// # Errors
/// As [`show`], and [`PageError::StaleForm`].
pub async fn save(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let drafting = Drafting::at(&site, &officer, &slug).await?;
    let form = &form.0;
    let mut reading = drafting.reading(form);
    let command = form.first("do").unwrap_or_default();
    let edit = if command == "roles" {
        Edit::Roles(roles(&mut reading, &drafting.definition().roles))
    } else {
        let mut themes = themes(&mut reading);
        change_rows(&mut themes, "themes", command);
        add_themes(&drafting, form, &mut themes)?;
        Edit::Themes(themes)
    };
    let errors = reading.errors;
    if !errors.is_empty() {
        return render(&drafting, Some(form), &errors);
    }
    commit(
        &drafting,
        form,
        edit,
        "edit/themes",
        "edit/themes",
        |error| render(&drafting, Some(form), &[error]),
    )
    .await
}

fn themes(reading: &mut Reading<'_>) -> Vec<Theme> {
    let count = row_count(reading.form, "themes", "key");
    let read = |at: usize| {
        let key = reading.name(&format!("themes.{at}.key"), "edit-key-wrong");
        Some(Theme {
            key: key?,
            label: reading.needed_text(&format!("themes.{at}.label")),
            description: reading.text(&format!("themes.{at}.description")),
        })
    };
    (0..count).filter_map(read).collect()
}

fn add_themes(
    drafting: &Drafting<'_>,
    form: &Form,
    themes: &mut Vec<Theme>,
) -> Result<(), PageError> {
    for name in new_lines(form, "themes.new") {
        let taken: Vec<&ThemeKey> = themes.iter().map(|theme| &theme.key).collect();
        let key = theme_key_from(&name, &taken);
        themes.push(Theme {
            key: key.map_err(|error| PageError::Unprocessable(error.to_string()))?,
            label: Text([(drafting.fallback.clone(), name)].into()),
            description: None,
        });
    }
    Ok(())
}

/// The lines of a field for new entries.
pub(super) fn new_lines(form: &Form, field: &str) -> Vec<String> {
    let lines = form.first(field).unwrap_or_default().lines();
    lines
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

/// The roles that name one question, with the message of each.
const ROLES: [(&str, &str); 7] = [
    ("area", "role-area"),
    ("age", "role-age"),
    ("sex", "role-sex"),
    ("priorities", "role-priorities"),
    ("budget", "role-budget"),
    ("ratings", "role-ratings"),
    ("overall", "role-overall"),
];

/// The roles as the form has them; what answers stand for in the Census is written in files only, and stays.
fn roles(reading: &mut Reading<'_>, before: &Roles) -> Roles {
    let mut role = |name: &str| -> Option<QuestionKey> {
        reading.name(&format!("roles.{name}"), "edit-key-wrong")
    };
    let mut roles = Roles {
        area: role("area"),
        age: role("age"),
        sex: role("sex"),
        victim: None,
        priorities: role("priorities"),
        budget: role("budget"),
        ratings: role("ratings"),
        overall: role("overall"),
        ethnicity: before.ethnicity.clone(),
        disability: before.disability.clone(),
    };
    roles.victim = role("victim.question").map(|question| Victim {
        question,
        codes: reading
            .form
            .values("roles.victim.codes")
            .filter_map(|code| code.parse().ok())
            .collect(),
    });
    roles
}

/// Whether a question can play a role.
fn fits(role: &str, question: &Question) -> bool {
    matches!(
        (role, &question.kind),
        ("area", Kind::Area { .. } | Kind::Postcode { .. })
            | ("age" | "sex", Kind::Single { .. })
            | ("victim", Kind::Single { .. } | Kind::Multiple { .. })
            | ("priorities", Kind::Ranking { .. })
            | ("budget", Kind::Budget { .. })
            | ("ratings", Kind::Grid { .. })
            | ("overall", Kind::Scale { .. } | Kind::Single { .. })
    )
}

fn render(
    drafting: &Drafting<'_>,
    typed: Option<&Form>,
    errors: &[ErrorLink],
) -> Result<HttpResponse, PageError> {
    let is_own = |owner: &Owner| matches!(owner, Owner::Themes | Owner::Roles);
    let mut forming = drafting.forming(&is_own, typed, errors);
    let mut groups = theme_groups(drafting, &mut forming, typed);
    groups.push(role_group(drafting, &mut forming));
    let page = EditFormPage {
        head: drafting.head("edit-tab-themes"),
        title: drafting.speaker().id("edit-tab-themes"),
        action: drafting.url("edit/themes"),
        revision: drafting.draft.revision,
        errors: errors.to_vec(),
        lints: forming.left(),
        changes: Vec::new(),
        groups: groups.into_iter().map(GroupView::opened).collect(),
        preview: None,
        back: drafting.url("edit"),
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    drafting.site.page(status, &drafting.layout(), &page)
}

fn theme_groups(
    drafting: &Drafting<'_>,
    forming: &mut Forming<'_>,
    typed: Option<&Form>,
) -> Vec<GroupView> {
    let speaker = drafting.speaker();
    let themes = &drafting.definition().themes;
    let add = forming.of(
        Control::Area,
        "themes.new",
        "edit-new-themes",
        String::new(),
    );
    let mut list = group(
        "themes",
        speaker.id("field-themes"),
        vec![hinted(add, speaker.id("edit-one-a-line"))],
    );
    list.hint = Some(speaker.id("edit-themes-hint"));
    let mut groups = vec![list];
    let count = typed.map_or(themes.len(), |form| row_count(form, "themes", "key"));
    for at in 0..count {
        let saved = themes.get(at);
        let name = |field: &str| format!("themes.{at}.{field}");
        let label = saved
            .map(|theme| drafting.words(&theme.label))
            .unwrap_or_default();
        let mut fields = forming.text(
            &name("label"),
            "field-label",
            saved.map(|theme| &theme.label),
            Control::Line,
        );
        let description = saved.and_then(|theme| theme.description.as_ref());
        fields.extend(forming.text(
            &name("description"),
            "field-description",
            description,
            Control::Line,
        ));
        let key = forming.line(
            &name("key"),
            "field-key",
            saved.map_or("", |theme| theme.key.as_str()),
        );
        let mut view = group(&format!("themes-{at}"), label.clone(), fields);
        view.more = vec![hinted(key, speaker.id("edit-key-hint"))];
        view.is_row = true;
        view.buttons = row_buttons("themes", at, count, &label);
        groups.push(view);
    }
    groups
}

fn role_group(drafting: &Drafting<'_>, forming: &mut Forming<'_>) -> GroupView {
    let speaker = drafting.speaker();
    let definition = drafting.definition();
    let roles = &definition.roles;
    let options = |role: &str| {
        let mut options = vec![(String::new(), speaker.id("edit-no-question"))];
        let fitting = definition
            .questions()
            .filter(|question| fits(role, question));
        options.extend(fitting.map(|question| (question.key.to_string(), drafting.name(question))));
        options
    };
    let chosen = [
        &roles.area,
        &roles.age,
        &roles.sex,
        &roles.priorities,
        &roles.budget,
        &roles.ratings,
        &roles.overall,
    ];
    let mut fields: Vec<_> = ROLES
        .iter()
        .zip(chosen)
        .map(|((role, label), chosen)| {
            let chosen = chosen.as_ref().map_or("", QuestionKey::as_str);
            forming.select(&format!("roles.{role}"), label, options(role), chosen)
        })
        .collect();
    let victim = roles.victim.as_ref();
    let chosen = victim.map_or("", |victim| victim.question.as_str());
    fields.push(forming.select(
        "roles.victim.question",
        "role-victim",
        options("victim"),
        chosen,
    ));
    let question = victim.and_then(|victim| definition.question(&victim.question));
    if let (Some(victim), Some(question)) = (victim, question) {
        let choices = question.choices().iter();
        let choices = choices
            .map(|choice| (choice.code.to_string(), drafting.words(&choice.label)))
            .collect();
        let chosen: Vec<String> = victim.codes.iter().map(ToString::to_string).collect();
        fields.push(forming.checks("roles.victim.codes", "role-victim-codes", choices, &chosen));
    }
    let mut view = group("roles", speaker.id("field-roles"), fields);
    view.hint = Some(speaker.id("edit-roles-hint"));
    view.buttons.push(EditButton {
        value: "roles".to_owned(),
        key: "edit-save-roles",
        about: String::new(),
    });
    view
}
