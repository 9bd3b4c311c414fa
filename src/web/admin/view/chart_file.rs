//! The chart of a results page as a file: it leaves the page, so its title, base, selection and state go with it.

use jiff::tz::TimeZone;

use crate::{
    charts::{Sheet, sheet},
    results::{Outcome, PageOutcome, ResultPage, ResultQuery},
    survey::{ids::Slug, message::Message},
    web::{moments, pages::ProtectedView},
};

use super::{
    area::AreaPicture,
    census,
    filters::{FilteredPage, filter_view},
    home,
    priorities::PrioritiesPicture,
    questions,
    reading::Reading,
    running,
    themes::ThemesPicture,
    words::Words,
};

/// The chart of a page; none for a page of many, or without figures.
#[must_use]
pub fn chart_file(
    words: &Words<'_>,
    slug: &Slug,
    query: &ResultQuery,
    outcome: &Outcome,
) -> Option<String> {
    let (chart, view) = match (&outcome.page, &query.page) {
        (PageOutcome::Overview(overview), _) => {
            let view = home::days(words, overview);
            (view.wide.clone()?, view)
        }
        (PageOutcome::Running(found), _) => {
            let view = running::running(words, slug, query, found);
            (view.wide.clone()?, view)
        }
        (PageOutcome::Who(who), _) => {
            let view = census::beside(words, slug, query, who);
            (view.wide.clone()?, view)
        }
        (PageOutcome::WhoProtected(found), _) => {
            let ProtectedView { mut chart, notes } = census::protected(words, slug, query, found)?;
            chart.base = format!("{} {}", chart.base, notes.join(" "));
            (chart.wide.clone()?, chart)
        }
        (PageOutcome::Priorities(outcome), _) => {
            let picture = PrioritiesPicture {
                words,
                slug,
                query,
                outcome,
            };
            let view = picture.importance()?;
            (view.wide.clone()?, view)
        }
        (PageOutcome::Area(outcome), ResultPage::Area(view)) => {
            let picture = AreaPicture {
                words,
                slug,
                query,
                view,
                outcome,
            };
            let view = picture.slopes()?;
            (view.wide.clone()?, view)
        }
        (PageOutcome::Question(question), _) => {
            let reading = Reading::of(&outcome.state);
            let view =
                questions::question_result(words, slug, query, question, false, reading)?.chart;
            (view.wide.clone()?, view)
        }
        (PageOutcome::Themes(themes), ResultPage::Themes(view)) => {
            let picture = ThemesPicture {
                words,
                slug,
                query,
                view,
                outcome: themes,
                table: themes.table.as_ref()?,
                reading: Reading::of(&outcome.state),
            };
            let mut view = picture.map_view();
            view.base = format!("{} {}", picture.base(), view.base);
            // On its page the map has links, which lead nowhere from a file.
            (picture.map_svg(), view)
        }
        _ => return None,
    };
    let around = Sheet {
        title: view.title,
        subtitle: view.subtitle,
        notes: notes(words, slug, query, outcome, view.base),
    };
    Some(sheet(&chart, &around))
}

/// Base or source, the selection, and the state that the figures are of.
fn notes(
    words: &Words<'_>,
    slug: &Slug,
    query: &ResultQuery,
    outcome: &Outcome,
    base: String,
) -> Vec<String> {
    let path = query.path();
    let page = FilteredPage {
        slug,
        path: &path,
        query,
        extra: &[],
    };
    let selected = filter_view(words, &page, Vec::new(), outcome.state.selected).active;
    let selected: Vec<String> = selected.into_iter().map(|filter| filter.text).collect();
    let zone = TimeZone::get(&words.definition.time_zone).unwrap_or(TimeZone::UTC);
    let when = moments::moment(outcome.state.as_of, &zone, &words.speaker);
    let mut notes = vec![
        base,
        selected.join("; "),
        words.plain(&words.definition.short_title),
        words.say(&Message::new("officers-as-of").with("when", when)),
    ];
    if outcome.state.simulated {
        notes.push(words.id("simulated"));
    }
    notes
}
