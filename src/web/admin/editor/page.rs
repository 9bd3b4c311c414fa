//! The forms of a page and of a section.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path, Query},
};

use super::{conflict::commit, drafting::Drafting, front::group, question::Asked, routing};
use crate::{
    survey::{
        definition::{Page, Section},
        difference::Place,
        edit::{Edit, PageFront},
        form::Form,
        ids::{PageKey, SectionKey},
        lint::Owner,
    },
    web::{
        admin::session::SignedInOfficer,
        errors::PageError,
        forms::Submitted,
        pages::{Control, EditFormPage, ErrorLink, GroupView},
        site::Site,
    },
};

fn find<'a>(drafting: &'a Drafting<'_>, key: &str) -> Result<&'a Page, PageError> {
    if key.is_empty() {
        return drafting
            .definition()
            .pages()
            .next()
            .map(|(_, page)| page)
            .ok_or(PageError::NotFound);
    }
    let key = PageKey::new(key).map_err(|_| PageError::NotFound)?;
    drafting.definition().page(&key).ok_or(PageError::NotFound)
}

fn find_section<'a>(drafting: &'a Drafting<'_>, key: &str) -> Result<&'a Section, PageError> {
    if key.is_empty() {
        return drafting
            .definition()
            .sections
            .first()
            .ok_or(PageError::NotFound);
    }
    let key = SectionKey::new(key).map_err(|_| PageError::NotFound)?;
    let mut sections = drafting.definition().sections.iter();
    sections
        .find(|section| section.key == key)
        .ok_or(PageError::NotFound)
}

/// `GET /admin/surveys/{slug}/edit/page?key=…`.
///
/// # Errors
/// [`PageError`] for an unknown draft or page, or a failing store.
pub async fn show(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, PageError> {
    let drafting = Drafting::at(&site, &officer, &slug).await?;
    let page = find(&drafting, &asked.key)?;
    render_page(&drafting, page, None, &[])
}

/// `POST /admin/surveys/{slug}/edit/page?key=…`.
///
/// # Errors
/// As [`show`], and [`PageError::StaleForm`].
pub async fn save(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
    asked: Query<Asked>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let drafting = Drafting::at(&site, &officer, &slug).await?;
    let form = &form.0;
    let page = find(&drafting, &asked.key)?;
    let mut reading = drafting.reading(form);
    let front = PageFront {
        title: reading.filled_text("title"),
        intro: reading.text("intro"),
        show_when: routing::read(&drafting, &mut reading, page.show_when.as_ref()),
        safety: reading.ticked("safety"),
    };
    let errors = reading.errors;
    if !errors.is_empty() {
        return render_page(&drafting, page, Some(form), &errors);
    }
    let own = format!("edit/page?key={}", page.key);
    let is_routing = form
        .first("do")
        .is_some_and(|command| command.starts_with("when."));
    let then = if is_routing {
        format!("{own}#show_when")
    } else {
        own.clone()
    };
    let edit = Edit::Page(page.key.clone(), Box::new(front));
    commit(&drafting, form, edit, &own, &then, |error| {
        render_page(&drafting, page, Some(form), &[error])
    })
    .await
}

fn render_page(
    drafting: &Drafting<'_>,
    page: &Page,
    typed: Option<&Form>,
    errors: &[ErrorLink],
) -> Result<HttpResponse, PageError> {
    let own = Owner::Page(page.key.clone());
    let mut forming = drafting.forming(&|owner| *owner == own, typed, errors);
    let mut fields = forming.text(
        "title",
        "field-title-page",
        Some(&page.title),
        Control::Line,
    );
    fields.extend(forming.text("intro", "field-intro", page.intro.as_ref(), Control::Area));
    fields.push(forming.check("safety", "field-safety", page.safety));
    let mut groups = vec![group(
        "page",
        drafting.speaker().id("edit-group-page"),
        fields,
    )];
    let before = routing::earlier(drafting, &page.key, None);
    groups.extend(routing::groups(
        drafting,
        &mut forming,
        page.show_when.as_ref(),
        &before,
    ));
    let lints = forming.left();
    let view = form_page(
        drafting,
        drafting.words(&page.title),
        &format!("edit/page?key={}", page.key),
        errors,
        groups,
    );
    let view = EditFormPage {
        lints,
        changes: drafting.changes_at(&Place::Page(page.key.clone())),
        preview: Some(drafting.url(&format!("edit/preview?page={}", page.key))),
        ..view
    };
    answer(drafting, &view)
}

fn form_page(
    drafting: &Drafting<'_>,
    title: String,
    action: &str,
    errors: &[ErrorLink],
    groups: Vec<GroupView>,
) -> EditFormPage {
    EditFormPage {
        head: drafting.head("edit-tab-outline"),
        title,
        action: drafting.url(action),
        revision: drafting.draft.revision,
        errors: errors.to_vec(),
        lints: Vec::new(),
        changes: Vec::new(),
        groups: groups.into_iter().map(GroupView::opened).collect(),
        preview: None,
        back: drafting.url("edit"),
    }
}

fn answer(drafting: &Drafting<'_>, view: &EditFormPage) -> Result<HttpResponse, PageError> {
    let status = if view.errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    drafting.page_with_frame(status, view)
}

/// `GET /admin/surveys/{slug}/edit/section?key=…`.
///
/// # Errors
/// [`PageError`] for an unknown draft or section, or a failing store.
pub async fn section(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, PageError> {
    let drafting = Drafting::at(&site, &officer, &slug).await?;
    let section = find_section(&drafting, &asked.key)?;
    render_section(&drafting, section, None, &[])
}

/// `POST /admin/surveys/{slug}/edit/section?key=…`.
///
/// # Errors
/// As [`section`], and [`PageError::StaleForm`].
pub async fn save_section(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
    asked: Query<Asked>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let drafting = Drafting::at(&site, &officer, &slug).await?;
    let form = &form.0;
    let section = find_section(&drafting, &asked.key)?;
    let mut reading = drafting.reading(form);
    let title = reading.filled_text("title");
    let errors = reading.errors;
    if !errors.is_empty() {
        return render_section(&drafting, section, Some(form), &errors);
    }
    let own = format!("edit/section?key={}", section.key);
    let edit = Edit::Section(section.key.clone(), title);
    commit(&drafting, form, edit, &own, "edit", |error| {
        render_section(&drafting, section, Some(form), &[error])
    })
    .await
}

fn render_section(
    drafting: &Drafting<'_>,
    section: &Section,
    typed: Option<&Form>,
    errors: &[ErrorLink],
) -> Result<HttpResponse, PageError> {
    let own = Owner::Section(section.key.clone());
    let mut forming = drafting.forming(&|owner| *owner == own, typed, errors);
    let fields = forming.text(
        "title",
        "field-title-section",
        Some(&section.title),
        Control::Line,
    );
    let lints = forming.left();
    let groups = vec![group(
        "section",
        drafting.speaker().id("edit-group-section"),
        fields,
    )];
    let title = drafting.words(&section.title);
    let action = format!("edit/section?key={}", section.key);
    let view = form_page(drafting, title, &action, errors, groups);
    let changes = drafting.changes_at(&Place::Section(section.key.clone()));
    answer(
        drafting,
        &EditFormPage {
            lints,
            changes,
            ..view
        },
    )
}
