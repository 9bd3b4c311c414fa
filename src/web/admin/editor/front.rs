//! What stands before the pages: names, dates, the overview page.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use jiff::civil::DateTime;

use super::{
    conflict::commit,
    drafting::Drafting,
    forming::{Forming, Reading, hinted},
};
use crate::{
    survey::{
        definition::{Contact, Measure, Overview, Step as TimelineStep},
        difference::Place,
        edit::{Edit, Front},
        form::Form,
        ids::Lang,
        lint::Owner,
        message::Message,
        text::Text,
    },
    web::{
        admin::session::SignedInOfficer,
        errors::PageError,
        forms::Submitted,
        moments,
        pages::{Control, EditButton, EditFormPage, ErrorLink, FieldView, GroupView},
        site::Site,
    },
};

/// `GET /admin/surveys/{slug}/edit/front`.
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

/// `POST /admin/surveys/{slug}/edit/front`.
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
    let mut front = read(&mut reading, &drafting.definition().overview);
    let errors = reading.errors;
    if !errors.is_empty() {
        return render(&drafting, Some(form), &errors);
    }
    let command = form.first("do").unwrap_or_default();
    let first = || Text([(drafting.fallback.clone(), String::new())].into());
    change_rows(&mut front.overview.measures, "measures", command);
    change_rows(&mut front.overview.timeline, "timeline", command);
    match command {
        "measures.add" => front.overview.measures.push(Measure {
            figure: first(),
            what: first(),
            source: first(),
        }),
        "timeline.add" => front.overview.timeline.push(TimelineStep {
            when: first(),
            what: first(),
        }),
        _ => {}
    }
    let edit = Edit::Front(Box::new(front));
    let list = command.split('.').next().unwrap_or_default();
    let back = if list.is_empty() {
        "edit/front".to_owned()
    } else {
        format!("edit/front#{list}")
    };
    commit(&drafting, form, edit, "edit/front", &back, |error| {
        render(&drafting, Some(form), &[error])
    })
    .await
}

/// Moves or takes away a row as a button says: `list.2.up`, `list.2.down`, `list.2.remove`.
pub(super) fn change_rows<T>(rows: &mut Vec<T>, list: &str, command: &str) {
    let Some(rest) = command
        .strip_prefix(list)
        .and_then(|rest| rest.strip_prefix('.'))
    else {
        return;
    };
    let Some((at, act)) = rest.split_once('.') else {
        return;
    };
    let Some(at) = at.parse::<usize>().ok().filter(|at| *at < rows.len()) else {
        return;
    };
    match act {
        "up" if at > 0 => rows.swap(at, at - 1),
        "down" if at + 1 < rows.len() => rows.swap(at, at + 1),
        "remove" => drop(rows.remove(at)),
        _ => {}
    }
}

/// The buttons of a row.
pub(super) fn row_buttons(list: &str, at: usize, count: usize, about: &str) -> Vec<EditButton> {
    let button = |act: &str, key: &'static str| EditButton {
        value: format!("{list}.{at}.{act}"),
        key,
        about: about.to_owned(),
    };
    let mut buttons = Vec::new();
    if at > 0 {
        buttons.push(button("up", "edit-up"));
    }
    if at + 1 < count {
        buttons.push(button("down", "edit-down"));
    }
    buttons.push(button("remove", "edit-remove"));
    buttons
}

/// How many rows a form has: as many as have a field that every row has.
pub(super) fn row_count(form: &Form, list: &str, field: &str) -> usize {
    (0..crate::web::forms::MOST_FIELDS)
        .take_while(|at| form.first(&format!("{list}.{at}.{field}")).is_some())
        .count()
}

fn read(reading: &mut Reading<'_>, before: &Overview) -> Front {
    let languages: Vec<Lang> = reading
        .raw("languages")
        .split([',', ' '])
        .filter(|tag| !tag.is_empty())
        .map(|tag| tag.parse())
        .collect::<Result<_, _>>()
        .unwrap_or_default();
    if languages.is_empty() {
        reading.wrong("languages", "edit-languages-wrong");
    }
    let mut moment = |name: &str| -> DateTime {
        let given = reading.raw(name).parse().ok();
        if given.is_none() {
            reading.wrong(name, "edit-moment-wrong");
        }
        given.unwrap_or_default()
    };
    let (opens, closes) = (moment("opens"), moment("closes"));
    let line = |name: &str, reading: &Reading<'_>| {
        let given = reading.raw(name).to_owned();
        (!given.is_empty()).then_some(given)
    };
    let first = reading
        .languages
        .first()
        .map_or("en", Lang::as_str)
        .to_owned();
    let measures = row_count(reading.form, "measures", &format!("figure.{first}"));
    let timeline = row_count(reading.form, "timeline", &format!("when.{first}"));
    let mut overview = before.clone();
    overview.dates_changed = reading.text("dates_changed");
    overview.last_time = reading.text("last_time");
    overview.measures = (0..measures)
        .map(|at| Measure {
            figure: reading.needed_text(&format!("measures.{at}.figure")),
            what: reading.needed_text(&format!("measures.{at}.what")),
            source: reading.needed_text(&format!("measures.{at}.source")),
        })
        .collect();
    overview.what_we_ask = reading.needed_text("what_we_ask");
    overview.who_can_answer = reading.needed_text("who_can_answer");
    overview.other_ways = reading.text("other_ways");
    overview.timeline = (0..timeline)
        .map(|at| TimelineStep {
            when: reading.needed_text(&format!("timeline.{at}.when")),
            what: reading.needed_text(&format!("timeline.{at}.what")),
        })
        .collect();
    overview.privacy = reading.needed_text("privacy");
    overview.privacy_notice = reading.text("privacy_notice");
    overview.contact = Contact {
        email: line("contact.email", reading),
        phone: line("contact.phone", reading),
        address: line("contact.address", reading),
    };
    Front {
        languages,
        title: reading.filled_text("title"),
        short_title: reading.filled_text("short_title"),
        summary: reading.needed_text("summary"),
        minutes: reading.needed_number("minutes"),
        opens,
        closes,
        grace_minutes: reading.needed_number("grace_minutes"),
        overview,
    }
}

fn render(
    drafting: &Drafting<'_>,
    typed: Option<&Form>,
    errors: &[ErrorLink],
) -> Result<HttpResponse, PageError> {
    let mut forming = drafting.forming(&|owner| *owner == Owner::Survey, typed, errors);
    // In a document the overview's fields stand one level deeper.
    for lint in &mut forming.lints {
        if let Some(path) = lint.path.strip_prefix("overview.") {
            lint.path = path.to_owned();
        }
    }
    let groups = groups(drafting, &mut forming, typed);
    let page = EditFormPage {
        head: drafting.head("edit-tab-front"),
        title: drafting.speaker().id("edit-tab-front"),
        action: drafting.url("edit/front"),
        revision: drafting.draft.revision,
        errors: errors.to_vec(),
        lints: forming.left(),
        changes: drafting.changes_at(&Place::Survey),
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

/// A group of fields.
pub(super) fn group(id: &str, title: String, fields: Vec<FieldView>) -> GroupView {
    GroupView {
        id: id.to_owned(),
        title,
        hint: None,
        is_row: false,
        fields,
        more: Vec::new(),
        more_open: false,
        buttons: Vec::new(),
        links: Vec::new(),
    }
}

fn groups(
    drafting: &Drafting<'_>,
    forming: &mut Forming<'_>,
    typed: Option<&Form>,
) -> Vec<GroupView> {
    let definition = drafting.definition();
    let overview = &definition.overview;
    let speaker = drafting.speaker();
    let named = |id: &str| speaker.id(id);
    let texts = |forming: &mut Forming<'_>,
                 parts: &[(&str, &str, Option<&Text>, Control)]|
     -> Vec<FieldView> {
        parts
            .iter()
            .flat_map(|(name, label, text, control)| forming.text(name, label, *text, *control))
            .collect()
    };
    let mut names = texts(
        forming,
        &[
            (
                "title",
                "field-title",
                Some(&definition.title),
                Control::Line,
            ),
            (
                "short_title",
                "field-short-title",
                Some(&definition.short_title),
                Control::Line,
            ),
            (
                "summary",
                "field-summary",
                Some(&definition.summary),
                Control::Area,
            ),
        ],
    );
    names.push(forming.number("minutes", "field-minutes", Some(definition.minutes)));
    let languages: Vec<&str> = definition.languages.iter().map(Lang::as_str).collect();
    let languages = forming.line("languages", "field-languages", languages.join(", "));
    names.push(hinted(languages, named("edit-languages-hint")));
    let moment = |at: DateTime| at.strftime("%Y-%m-%dT%H:%M").to_string();
    let mut dates = vec![
        forming.of(
            Control::Moment,
            "opens",
            "field-opens",
            moment(definition.opens),
        ),
        forming.of(
            Control::Moment,
            "closes",
            "field-closes",
            moment(definition.closes),
        ),
        forming.number(
            "grace_minutes",
            "field-grace-minutes",
            Some(definition.grace_minutes),
        ),
    ];
    if let Some(schedule) = drafting.schedule() {
        let zone = |id, when| {
            speaker.say(
                &Message::new(id)
                    .with("when", when)
                    .with("zone", definition.time_zone.clone()),
            )
        };
        dates[0].hint = Some(zone(
            "edit-moment-means",
            moments::opening(&schedule, &speaker),
        ));
        dates[1].hint = Some(zone(
            "edit-moment-means",
            moments::closing(&schedule, &speaker),
        ));
    }
    let why = [(
        "dates_changed",
        "field-dates-changed",
        overview.dates_changed.as_ref(),
        Control::Area,
    )];
    let mut reasons = texts(forming, &why);
    for field in &mut reasons {
        field.hint = Some(named("edit-dates-changed-hint"));
    }
    dates.extend(reasons);
    let prose = [
        (
            "what_we_ask",
            "field-what-we-ask",
            Some(&overview.what_we_ask),
            Control::Area,
        ),
        (
            "who_can_answer",
            "field-who-can-answer",
            Some(&overview.who_can_answer),
            Control::Area,
        ),
        (
            "last_time",
            "field-last-time",
            overview.last_time.as_ref(),
            Control::Area,
        ),
        (
            "other_ways",
            "field-other-ways",
            overview.other_ways.as_ref(),
            Control::Area,
        ),
        (
            "privacy",
            "field-privacy",
            Some(&overview.privacy),
            Control::Area,
        ),
        (
            "privacy_notice",
            "field-privacy-notice",
            overview.privacy_notice.as_ref(),
            Control::Area,
        ),
    ];
    let prose = texts(forming, &prose);
    let mut groups = vec![
        group("names", named("edit-group-names"), names),
        group("dates", named("edit-group-dates"), dates),
        group("overview", named("edit-group-overview"), prose),
    ];
    let first = drafting.fallback.as_str();
    let rows = |list: &str, field: &str, saved: usize| {
        typed.map_or(saved, |form| {
            row_count(form, list, &format!("{field}.{first}"))
        })
    };
    groups.push(list_group("measures", named("field-measures")));
    let count = rows("measures", "figure", overview.measures.len());
    for at in 0..count {
        let saved = overview.measures.get(at);
        let name = |field: &str| format!("measures.{at}.{field}");
        let fields = [
            (
                name("figure"),
                "field-figure",
                saved.map(|row| &row.figure),
                Control::Line,
            ),
            (
                name("what"),
                "field-what",
                saved.map(|row| &row.what),
                Control::Line,
            ),
            (
                name("source"),
                "field-source",
                saved.map(|row| &row.source),
                Control::Line,
            ),
        ];
        groups.push(row_group(forming, "measures", at, count, &fields));
    }
    groups.push(list_group("timeline", named("field-timeline")));
    let count = rows("timeline", "when", overview.timeline.len());
    for at in 0..count {
        let saved = overview.timeline.get(at);
        let name = |field: &str| format!("timeline.{at}.{field}");
        let fields = [
            (
                name("when"),
                "field-when",
                saved.map(|row| &row.when),
                Control::Line,
            ),
            (
                name("what"),
                "field-what-happens",
                saved.map(|row| &row.what),
                Control::Line,
            ),
        ];
        groups.push(row_group(forming, "timeline", at, count, &fields));
    }
    let contact = &overview.contact;
    let own = |text: &Option<String>| text.clone().unwrap_or_default();
    let contact = vec![
        forming.line("contact.email", "field-email", own(&contact.email)),
        forming.line("contact.phone", "field-phone", own(&contact.phone)),
        forming.of(
            Control::Area,
            "contact.address",
            "field-address",
            own(&contact.address),
        ),
    ];
    groups.push(group("contact", named("field-contact"), contact));
    groups
}

fn list_group(list: &str, title: String) -> GroupView {
    let mut view = group(list, title.clone(), Vec::new());
    view.buttons.push(EditButton {
        value: format!("{list}.add"),
        key: "edit-add-row",
        about: title,
    });
    view
}

fn row_group(
    forming: &mut Forming<'_>,
    list: &str,
    at: usize,
    count: usize,
    fields: &[(String, &str, Option<&Text>, Control)],
) -> GroupView {
    let fields: Vec<FieldView> = fields
        .iter()
        .flat_map(|(name, label, text, control)| forming.text(name, label, *text, *control))
        .collect();
    let number = i64::try_from(at + 1).unwrap_or(i64::MAX);
    let title = forming
        .speaker
        .say(&Message::new("edit-row").with("number", number));
    let mut view = group(&format!("{list}-{at}"), title.clone(), fields);
    view.is_row = true;
    view.buttons = row_buttons(list, at, count, &title);
    view
}
