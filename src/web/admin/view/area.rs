//! The profile of an area: what it wants that others don't, who answered there, what the police recorded there.

use crate::{
    analysis::{
        area_people::PeopleGroup,
        areas::group_key,
        themes::{Direction, Figure, Measure},
    },
    geography::Grouping,
    results::{
        AreaOutcome, AreaRecorded, AreaTheme, AreaView, RecordedFigure, ResultPage, ResultQuery,
        ThemesView,
    },
    survey::{
        ids::{QuestionKey, Slug},
        message::{Message, figure},
    },
    web::{
        pages::{AreaWants, RecordedView, TableView},
        templates::{Link, NavItem},
        urls::Url,
    },
};

use super::{
    NUMBERS, files,
    theme_area::in_area,
    theme_choices::offered,
    themes::{measure_key, with},
    words::{NONE, Print, Words, count, decimal, or_none, percent, share},
};

/// How many themes are set beside the county's.
const TOP: usize = 5;

/// One area's profile as a page shows it.
pub struct AreaPicture<'a> {
    /// How its parts are said.
    pub words: &'a Words<'a>,
    /// The survey.
    pub slug: &'a Slug,
    /// What the address asks for.
    pub query: &'a ResultQuery,
    /// The view of the address.
    pub view: &'a AreaView,
    /// The outcome.
    pub outcome: &'a AreaOutcome,
}

/// A profile's address, with a filter kept.
#[must_use]
pub fn profile(slug: &Slug, query: &ResultQuery, view: AreaView) -> String {
    let query = ResultQuery {
        filter: query.filter.clone(),
        ..ResultQuery::of(ResultPage::Area(view))
    };
    Url::AdminSurvey(slug, &query.to_url()).to_string()
}

impl AreaPicture<'_> {
    fn grouping(&self) -> Grouping {
        self.view.areas.0
    }

    /// The name of an area of this kind, with its kind where a district may be called the same.
    fn called(&self, name: &str) -> String {
        let id = match self.grouping() {
            Grouping::District => return name.to_owned(),
            Grouping::Csp => "area-called-csp",
            Grouping::PolicingArea => "area-called-policing",
        };
        self.words.say(&Message::new(id).with("name", name))
    }

    /// The area's name.
    #[must_use]
    pub fn name(&self) -> String {
        self.called(&self.outcome.name)
    }

    /// Who lives there, and who answered.
    #[must_use]
    pub fn lead(&self) -> String {
        let year = i64::from(self.words.place.population_date().year());
        let residents = Message::new("area-residents")
            .with("count", i64::from(self.outcome.population_16_plus))
            .with("year", figure(year));
        let responses = self.outcome.people.responses.0;
        format!(
            "{} {}",
            self.words.say(&residents),
            self.words.counted("area-responses", responses)
        )
    }

    /// The way back to themes by area.
    #[must_use]
    pub fn back(&self) -> Link {
        let view = ThemesView {
            measure: self.view.measure,
            areas: self.view.areas,
            cell: Some(self.view.key.clone()),
            ..ThemesView::default()
        };
        Link {
            text: self.words.id("officers-themes"),
            href: with(self.slug, self.query, view),
        }
    }

    /// The measures to choose from.
    #[must_use]
    pub fn measures(&self) -> Vec<NavItem> {
        let item = |measure: Measure| {
            let view = AreaView {
                measure,
                ..self.view.clone()
            };
            let href = profile(self.slug, self.query, view);
            NavItem::current(measure_key(measure), href, measure == self.view.measure)
        };
        offered(self.words).map(item).collect()
    }

    /// Other areas of the same kind.
    #[must_use]
    pub fn others(&self) -> Vec<Link> {
        let groups = self.words.place.group(self.grouping());
        let key = |group: usize| group_key(self.words.place, self.grouping(), group);
        let others = (0..groups.len()).filter(|group| key(*group) != self.view.key);
        others
            .map(|group| Link {
                text: groups[group].name.clone(),
                href: profile(
                    self.slug,
                    self.query,
                    AreaView {
                        key: key(group).to_owned(),
                        ..self.view.clone()
                    },
                ),
            })
            .collect()
    }

    /// What people there wrote.
    #[must_use]
    pub fn comments(&self) -> Link {
        let filter = in_area(&self.query.filter, self.grouping(), &self.view.key);
        let query = ResultQuery {
            filter,
            ..ResultQuery::of(ResultPage::Questions)
        };
        let path = format!("comments?{}", query.query());
        Link {
            text: self
                .words
                .say(&Message::new("comments-all-of").with("area", self.name())),
            href: Url::AdminSurvey(self.slug, &path).to_string(),
        }
    }

    fn print(&self) -> Print {
        Print::new(self.outcome.measure, self.outcome.purse)
    }

    fn full(&self, figure: &Figure) -> String {
        or_none(figure.value(), |value| self.print().full(value, self.words))
    }

    /// What is wanted there; nothing where it can't be measured.
    #[must_use]
    pub fn wants(&self) -> Option<AreaWants> {
        if self.outcome.unmeasured.is_some() {
            return None;
        }
        let is_ranked = !self.outcome.small;
        let slopes = self.slopes();
        Some(AreaWants {
            title: self.title(),
            sentences: self.sentences(),
            top: is_ranked.then(|| self.top()),
            themes: slopes.is_none().then(|| self.themes()),
            slopes,
            base: self
                .words
                .counted("officers-base-answered", self.outcome.base.0),
            files: files(
                self.slug,
                &self.query.path(),
                &self.query.query(),
                NUMBERS,
                |id| self.words.id(id),
            ),
        })
    }

    fn marked(&self, direction: Direction) -> Vec<String> {
        let marked = self
            .outcome
            .themes
            .iter()
            .filter(|theme| theme.mark == Some(direction));
        marked.map(|theme| self.words.theme(&theme.theme)).collect()
    }

    fn title(&self) -> String {
        let id = if self.outcome.base.0 == 0 {
            "area-nobody"
        } else if self.outcome.small {
            "area-too-few"
        } else if self.marked(Direction::More).is_empty() && self.marked(Direction::Less).is_empty()
        {
            "area-no-difference"
        } else {
            "area-differs"
        };
        self.words.say(&Message::new(id).with("area", self.name()))
    }

    fn sentences(&self) -> Vec<String> {
        let of = |id: &'static str, direction| {
            let themes = self.marked(direction);
            (!themes.is_empty()).then(|| {
                self.words
                    .say(&Message::new(id).with("themes", themes.join("; ")))
            })
        };
        let mut sentences: Vec<String> = [
            of("area-more", Direction::More),
            of("area-less", Direction::Less),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !self.outcome.small {
            let tests = u64::try_from(self.outcome.tests).unwrap_or(u64::MAX);
            sentences.push(self.words.counted("area-corrected", tests));
        }
        sentences
    }

    fn top(&self) -> TableView {
        let mut county: Vec<&AreaTheme> = self.outcome.themes.iter().collect();
        county.sort_by_key(|theme| theme.county_rank.unwrap_or(u32::MAX));
        let named = |theme: Option<&AreaTheme>, figure: fn(&AreaTheme) -> &Figure| {
            theme.map_or_else(
                || NONE.to_owned(),
                |theme| {
                    let message = Message::new("area-theme-figure")
                        .with("theme", self.words.theme(&theme.theme));
                    self.words
                        .say(&message.with("figure", self.full(figure(theme))))
                },
            )
        };
        let rows = (0..TOP.min(county.len())).map(|place| {
            vec![
                (place + 1).to_string(),
                named(self.outcome.themes.get(place), |theme| &theme.here),
                named(county.get(place).copied(), |theme| &theme.county),
            ]
        });
        TableView {
            caption: self.words.id("area-top"),
            head: vec![
                self.words.id("officers-rank"),
                self.name(),
                self.words.id("themes-county"),
            ],
            rows: rows.collect(),
        }
    }

    /// Every theme here and in the county.
    pub(super) fn themes(&self) -> TableView {
        let head = [
            "officers-theme",
            "area-here",
            "result-interval",
            "themes-county",
            "area-rank",
            "area-county-rank",
            "area-change",
            "area-against-rest",
        ];
        let rank =
            |rank: Option<u32>| rank.map_or_else(|| NONE.to_owned(), |rank| rank.to_string());
        let rows = self.outcome.themes.iter().map(|theme| {
            vec![
                self.words.theme(&theme.theme),
                self.full(&theme.here),
                self.print()
                    .interval(&theme.here, false, self.words)
                    .unwrap_or_else(|| NONE.to_owned()),
                self.full(&theme.county),
                rank(theme.rank),
                rank(theme.county_rank),
                self.change(theme.rank_change),
                self.against_rest(theme),
            ]
        });
        TableView {
            caption: self.words.id(measure_key(self.outcome.measure)),
            head: head.map(|id| self.words.id(id)).to_vec(),
            rows: rows.collect(),
        }
    }

    fn change(&self, change: Option<i32>) -> String {
        let Some(change) = change else {
            return NONE.to_owned();
        };
        let id = match change {
            0 => return self.words.id("rank-same"),
            1.. => "rank-up",
            _ => "rank-down",
        };
        let places = i64::from(change.unsigned_abs());
        self.words.say(&Message::new(id).with("places", places))
    }

    fn against_rest(&self, theme: &AreaTheme) -> String {
        self.words.id(match theme.mark {
            _ if self.outcome.small => "area-not-compared",
            Some(Direction::More) => "area-wanted-more",
            Some(Direction::Less) => "area-wanted-less",
            None => "area-no-sign",
        })
    }

    /// Who answered there, beside the Census.
    #[must_use]
    pub fn people(&self) -> Vec<TableView> {
        let roles = &self.words.definition.roles;
        let people = &self.outcome.people;
        let tables = [
            ("area-people-age", &roles.age, &people.ages),
            ("area-people-sex", &roles.sex, &people.sexes),
        ];
        tables
            .into_iter()
            .filter(|(.., groups)| !groups.is_empty())
            .map(|(id, question, groups)| self.groups(id, question.as_ref(), groups))
            .collect()
    }

    fn groups(
        &self,
        id: &str,
        question: Option<&QuestionKey>,
        groups: &[PeopleGroup],
    ) -> TableView {
        let question = question.and_then(|key| self.words.definition.question(key));
        let head = [
            "area-group",
            "officers-people",
            "area-share",
            "area-census-share",
        ];
        let rows = groups.iter().map(|group| {
            let name = question.map(|question| self.words.option(question, &group.code));
            vec![
                name.unwrap_or_else(|| group.code.to_string()),
                count(group.share.count),
                share(group.share),
                or_none(group.census, percent),
            ]
        });
        TableView {
            caption: self.words.id(id),
            head: head.map(|id| self.words.id(id)).to_vec(),
            rows: rows.collect(),
        }
    }

    /// What the police recorded there.
    #[must_use]
    pub fn recorded(&self) -> Vec<RecordedView> {
        let tables = [
            ("area-crime", &self.outcome.crime),
            ("area-asb", &self.outcome.anti_social_behaviour),
        ];
        let tables = tables.into_iter();
        tables
            .filter_map(|(id, recorded)| Some(self.recorded_table(id, recorded.as_ref()?)))
            .collect()
    }

    fn recorded_table(&self, id: &'static str, recorded: &AreaRecorded) -> RecordedView {
        let month = |date: jiff::civil::Date| {
            Message::new("month-year")
                .with("month", i64::from(date.month()))
                .with("year", figure(i64::from(date.year())))
        };
        let title = Message::new(id)
            .with("from", month(recorded.from))
            .with("to", month(recorded.to));
        let title = self.words.say(&title);
        let head = [
            "area-kind",
            "area-recorded",
            "area-per-thousand",
            "area-county-per-thousand",
        ];
        let rows = recorded.kinds.iter().map(|kind| {
            vec![
                kind.name.clone(),
                count(kind.count),
                or_none(kind.per_thousand, decimal),
                or_none(kind.county_per_thousand, decimal),
            ]
        });
        RecordedView {
            sentence: recorded
                .kinds
                .first()
                .map(|kind| self.recorded_sentence(kind))
                .unwrap_or_default(),
            table: (recorded.kinds.len() > 1).then(|| TableView {
                caption: title.clone(),
                head: head.map(|id| self.words.id(id)).to_vec(),
                rows: rows.collect(),
            }),
            title,
        }
    }

    fn recorded_sentence(&self, kind: &RecordedFigure) -> String {
        let message = Message::new("area-recorded-sentence")
            .with("kind", kind.name.as_str())
            .with("count", i64::from(kind.count))
            .with("rate", or_none(kind.per_thousand, decimal))
            .with("county", or_none(kind.county_per_thousand, decimal));
        self.words.say(&message)
    }
}
