//! The address of a results page as a value.

use jiff::Timestamp;
use url::form_urlencoded;

use super::{
    area_view::AreaView,
    compare_view::{COMPARE, CompareGiven, CompareView},
    error::{QueryError, echo},
    parameters::{FILTERS, MOMENT, Reader, once, one_of},
    themes_view::{Areas, Detail, THEMES, ThemesView, ViewGiven},
    variables::{is_sensitive, is_sensitive_question},
    weights::WeightsShown,
};
use crate::{
    analysis::{
        areas::word, filter::Filter, quality::FlagFilter, themes::Measure, variable::VariableKey,
    },
    geography::Place,
    survey::{definition::Definition, ids::QuestionKey},
};

/// The most parameters an address may have.
const MOST_PARAMETERS: usize = 300;
/// The names of the pages, as an error lists them.
const PAGES: [&str; 13] = [
    "overview",
    "running",
    "questions",
    "question/…",
    "themes",
    "maps",
    "area/…",
    "priorities",
    "compare",
    "equality",
    "who",
    "who-protected",
    "quality",
];
/// The parameter of every page that measures.
const WEIGHTS: &str = "weights";

/// One results page of a survey, with everything its address says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultQuery {
    /// Which page.
    pub page: ResultPage,
    /// Which responses.
    pub filter: Filter,
    /// `weights`: raw, weighted or both, on pages that measure.
    pub weights: WeightsShown,
}

/// A results page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResultPage {
    /// `overview`: the figures of the survey's home.
    Overview,
    /// `running`: responses so far, day by day and channel by channel.
    Running,
    /// `questions`: every question.
    Questions,
    /// `question/{key}`: one question.
    Question(QuestionKey),
    /// `themes`: themes by area.
    Themes(ThemesView),
    /// `maps`: a small map of each theme; of the view, measure and areas count.
    Maps(ThemesView),
    /// `area/{key}`: the profile of an area.
    Area(AreaView),
    /// `priorities`: the ranking of the whole place by every rule.
    Priorities,
    /// `compare`: anything by anything.
    Compare(CompareView),
    /// `equality`: protected characteristics by headline measures.
    Equality,
    /// `who`: who answered, beside the Census.
    Who,
    /// `who-protected`: who answered by ethnic group and disability, beside the Census.
    WhoProtected,
    /// `quality`: which responses are flagged, and why.
    Quality,
}

impl ResultPage {
    /// The parameters it takes beside filters.
    const fn own_parameters(&self) -> &'static [&'static str] {
        match self {
            Self::Themes(_) | Self::Maps(_) => &THEMES,
            Self::Area(_) => &["measure"],
            Self::Compare(_) => &COMPARE,
            Self::Overview
            | Self::Running
            | Self::Questions
            | Self::Question(_)
            | Self::Priorities
            | Self::Equality
            | Self::Who
            | Self::WhoProtected
            | Self::Quality => &[],
        }
    }

    /// Whether its figures may be shown with weights.
    #[must_use]
    pub const fn measures(&self) -> bool {
        match self {
            Self::Questions
            | Self::Question(_)
            | Self::Themes(_)
            | Self::Maps(_)
            | Self::Priorities => true,
            Self::Overview
            | Self::Running
            | Self::Area(_)
            | Self::Compare(_)
            | Self::Equality
            | Self::Who
            | Self::WhoProtected
            | Self::Quality => false,
        }
    }
}

impl ResultQuery {
    /// A page over all responses.
    #[must_use]
    pub fn of(page: ResultPage) -> Self {
        Self {
            page,
            filter: Filter::default(),
            weights: WeightsShown::default(),
        }
    }

    /// Reads a path (such as `overview` or `question/{key}`, below the survey's own address; see [`ResultPage`]) and a query
    /// string without its `?`. Empty values, as a form sends for what was not chosen, count as not given.
    ///
    /// # Errors
    /// [`QueryError`] names the part at fault and what is allowed there.
    pub fn parse(
        path: &str,
        query: &str,
        definition: &Definition,
        place: &Place,
    ) -> Result<Self, QueryError> {
        let mut page = page(path, definition, place)?;
        let mut filter = Filter::default();
        let reader = Reader { definition, place };
        let given: Vec<_> = form_urlencoded::parse(query.as_bytes())
            .take(MOST_PARAMETERS + 1)
            .collect();
        if given.len() > MOST_PARAMETERS {
            return Err(QueryError::TooMany);
        }
        let mut view = ViewGiven::default();
        let mut compared = CompareGiven::default();
        let mut weights = None;
        for (name, value) in given.iter().filter(|(_, value)| !value.is_empty()) {
            let known = reader.filter(&mut filter, name, value)?
                || page.measures() && read_weights(&mut weights, name, value)?
                || match page {
                    ResultPage::Compare(_) => compared.read(&reader, name, value)?,
                    _ => {
                        page.own_parameters().contains(&&**name)
                            && view.read(&reader, name, value)?
                    }
                };
            if !known {
                return Err(unknown_parameter(name, &page));
            }
        }
        match &mut page {
            ResultPage::Themes(themes) | ResultPage::Maps(themes) => {
                *themes = view.finish(&reader)?
            }
            ResultPage::Area(area) => area.measure = view.measure.unwrap_or_default(),
            ResultPage::Compare(view) => *view = compared.finish(&reader)?,
            _ => {}
        }
        if filter
            .from
            .zip(filter.to)
            .is_some_and(|(from, to)| from > to)
        {
            return Err(QueryError::DatesReversed);
        }
        Ok(Self {
            page,
            filter,
            weights: weights.unwrap_or_default(),
        })
    }

    /// The query, unless it asks for a state that has not come yet: the newest there is is that of `newest`.
    ///
    /// # Errors
    /// [`QueryError::UnknownValue`] for `as_of`.
    pub fn until(self, newest: Timestamp) -> Result<Self, QueryError> {
        match self.filter.as_of {
            Some(as_of) if as_of > newest => {
                let newest = newest.to_string();
                let allowed = [MOMENT, "…", newest.as_str()];
                Err(QueryError::value("as_of", &as_of.to_string(), allowed))
            }
            _ => Ok(self),
        }
    }

    /// The same page over responses sent until a moment: what it shows of them stays, unless one of them is changed.
    #[must_use]
    pub fn fixed_at(&self, as_of: Timestamp) -> Self {
        let mut fixed = self.clone();
        fixed.filter.as_of.get_or_insert(as_of);
        fixed
    }

    /// The path, below the survey's own address.
    #[must_use]
    pub fn path(&self) -> String {
        match &self.page {
            ResultPage::Overview => "overview".to_owned(),
            ResultPage::Running => "running".to_owned(),
            ResultPage::Questions => "questions".to_owned(),
            ResultPage::Question(key) => format!("question/{key}"),
            ResultPage::Themes(_) => "themes".to_owned(),
            ResultPage::Maps(_) => "maps".to_owned(),
            ResultPage::Area(view) => format!("area/{}", view.reference()),
            ResultPage::Priorities => "priorities".to_owned(),
            ResultPage::Compare(_) => "compare".to_owned(),
            ResultPage::Equality => "equality".to_owned(),
            ResultPage::Who => "who".to_owned(),
            ResultPage::WhoProtected => "who-protected".to_owned(),
            ResultPage::Quality => "quality".to_owned(),
        }
    }

    /// Whether it shows figures of special-category answers, or of people chosen by them: for those alone who may see
    /// such answers. The page of all questions leaves them out instead.
    #[must_use]
    pub fn reads_sensitive(&self, definition: &Definition) -> bool {
        let mut answers = self.filter.answers.keys();
        let is_sensitive = |key: &VariableKey| is_sensitive(definition, key);
        answers.any(is_sensitive)
            || match &self.page {
                ResultPage::Question(key) => is_sensitive_question(definition, key),
                ResultPage::Compare(view) => view.row.iter().chain(&view.by).any(is_sensitive),
                ResultPage::Equality | ResultPage::WhoProtected => true,
                ResultPage::Overview
                | ResultPage::Running
                | ResultPage::Questions
                | ResultPage::Themes(_)
                | ResultPage::Maps(_)
                | ResultPage::Area(_)
                | ResultPage::Priorities
                | ResultPage::Who
                | ResultPage::Quality => false,
            }
    }

    /// The query string without its `?`; empty when nothing differs from the default.
    #[must_use]
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.parameters() {
            query.append_pair(name, &value);
        }
        query.finish()
    }

    /// Path and query string; [`ResultQuery::parse`] reads back the same.
    #[must_use]
    pub fn to_url(&self) -> String {
        let query = self.query();
        let separator = if query.is_empty() { "" } else { "?" };
        format!("{}{separator}{query}", self.path())
    }

    /// The parameters in the order they are written, for hidden fields of a filter form and removable tags.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut all = filter_parameters(&self.filter);
        if self.weights != WeightsShown::default() {
            all.push((WEIGHTS, self.weights.word().to_owned()));
        }
        if let ResultPage::Area(view) = &self.page
            && view.measure != Measure::default()
        {
            all.push(("measure", view.measure.word().to_owned()));
        }
        if let ResultPage::Themes(view) | ResultPage::Maps(view) = &self.page {
            if view.measure != Measure::default() {
                all.push(("measure", view.measure.word().to_owned()));
            }
            if view.areas != Areas::default() {
                all.push(("areas", word(view.areas.0).to_owned()));
            }
            if view.detail != Detail::default() {
                all.push(("detail", view.detail.word().to_owned()));
            }
            let theme = view.theme.as_ref().map(|theme| theme.as_str().to_owned());
            let rest = [
                ("theme", theme),
                ("sort", view.sort.clone()),
                ("cell", view.cell.clone()),
            ];
            all.extend(
                rest.into_iter()
                    .filter_map(|(name, value)| Some((name, value?))),
            );
        }
        if let ResultPage::Compare(view) = &self.page {
            all.extend(view.parameters());
        }
        all
    }

    /// The same page without one value of one filter, as the tag that removes it leads to.
    #[must_use]
    pub fn without(&self, parameter: &str, value: &str) -> Self {
        let mut less = self.clone();
        let filter = &mut less.filter;
        match parameter {
            "area" => filter.areas.retain(|known| known.as_str() != value),
            "csp" => filter.csps.retain(|known| known != value),
            "lpa" => filter.policing_areas.retain(|known| known != value),
            "age" => filter.ages.retain(|known| known.as_str() != value),
            "sex" => filter.sexes.retain(|known| known.as_str() != value),
            "victim" => filter.victim = None,
            "from" => filter.from = None,
            "to" => filter.to = None,
            "as_of" => filter.as_of = None,
            "channel" => filter.channels.retain(|known| known.word() != value),
            "answer" => filter.answers.retain(|key, codes| {
                codes.retain(|code| answer_word(key, code) != value);
                !codes.is_empty()
            }),
            "quality" => filter.quality = FlagFilter::All,
            _ => {}
        }
        less
    }
}

/// A filter's parameters, in the order they are written.
pub(super) fn filter_parameters(filter: &Filter) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    let mut add = |name: &'static str, value: String| all.push((name, value));
    filter
        .areas
        .iter()
        .for_each(|code| add("area", code.to_string()));
    filter.csps.iter().for_each(|key| add("csp", key.clone()));
    filter
        .policing_areas
        .iter()
        .for_each(|key| add("lpa", key.clone()));
    filter
        .ages
        .iter()
        .for_each(|code| add("age", code.to_string()));
    filter
        .sexes
        .iter()
        .for_each(|code| add("sex", code.to_string()));
    filter
        .victim
        .iter()
        .for_each(|yes| add("victim", if *yes { "yes" } else { "no" }.to_owned()));
    filter
        .from
        .iter()
        .for_each(|day| add("from", day.to_string()));
    filter.to.iter().for_each(|day| add("to", day.to_string()));
    filter
        .channels
        .iter()
        .for_each(|channel| add("channel", channel.word().to_owned()));
    for (key, codes) in &filter.answers {
        codes
            .iter()
            .for_each(|code| add("answer", answer_word(key, code)));
    }
    filter
        .as_of
        .iter()
        .for_each(|moment| add("as_of", moment.to_string()));
    if filter.quality != FlagFilter::All {
        add("quality", filter.quality.word().to_owned());
    }
    all
}

/// One answer to filter by, as addresses write it: `{key}:{code}`.
#[must_use]
pub fn answer_word(key: &VariableKey, code: &str) -> String {
    format!("{key}:{code}")
}

fn page(path: &str, definition: &Definition, place: &Place) -> Result<ResultPage, QueryError> {
    let path = path.strip_prefix('/').unwrap_or(path);
    if let Some(reference) = path.strip_prefix("area/") {
        return AreaView::read(reference, place)
            .map(ResultPage::Area)
            .ok_or_else(|| QueryError::UnknownArea {
                given: echo(reference),
            });
    }
    match path {
        "overview" => Ok(ResultPage::Overview),
        "questions" => Ok(ResultPage::Questions),
        "running" => Ok(ResultPage::Running),
        "who" => Ok(ResultPage::Who),
        "who-protected" => Ok(ResultPage::WhoProtected),
        "themes" => Ok(ResultPage::Themes(ThemesView::default())),
        "maps" => Ok(ResultPage::Maps(ThemesView::default())),
        "priorities" => Ok(ResultPage::Priorities),
        "compare" => Ok(ResultPage::Compare(CompareView::default())),
        "equality" => Ok(ResultPage::Equality),
        "quality" => Ok(ResultPage::Quality),
        other => {
            let Some(key) = other.strip_prefix("question/") else {
                let allowed = PAGES.map(str::to_owned).to_vec();
                return Err(QueryError::UnknownPage {
                    given: echo(other),
                    allowed,
                });
            };
            QuestionKey::new(key)
                .ok()
                .filter(|key| {
                    definition
                        .question(key)
                        .is_some_and(|question| question.asks())
                })
                .map(ResultPage::Question)
                .ok_or_else(|| QueryError::UnknownQuestion { given: echo(key) })
        }
    }
}

fn read_weights(
    kept: &mut Option<WeightsShown>,
    name: &str,
    given: &str,
) -> Result<bool, QueryError> {
    if name != WEIGHTS {
        return Ok(false);
    }
    let words = || WeightsShown::ALL.into_iter().map(WeightsShown::word);
    once(
        WEIGHTS,
        kept,
        one_of(WEIGHTS, given, words, WeightsShown::from_word)?,
    )?;
    Ok(true)
}

fn unknown_parameter(name: &str, page: &ResultPage) -> QueryError {
    let weights = page.measures().then_some(&WEIGHTS);
    let allowed = FILTERS
        .iter()
        .chain(weights)
        .chain(page.own_parameters())
        .map(|name| (*name).to_owned())
        .collect();
    QueryError::UnknownParameter {
        given: echo(name),
        allowed,
    }
}
