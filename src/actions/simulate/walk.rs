//! A made-up person's way through a survey: page after page, as a browser would send them, until they send the whole or
//! stop.

use jiff::Timestamp;
use uuid::Uuid;

use super::{
    SimulateError,
    answers::Respondent,
    dice::Dice,
    moments::{Arrivals, paces},
    people::Population,
};
use crate::{
    actions::answer_page::stored_texts,
    geography::Place,
    live::catalogue::Version,
    storage::responses::{Channel, Flags, NewResponse},
    survey::{
        answers::{Answers, DecodeContext, Form, decode_page, encode_page, pack, shown_orders},
        definition::{Definition, Kind, Page, Question},
        journey::{Journey, Next, SavedPages},
        reference::Reference,
    },
};

/// What everybody's way has in common.
pub(super) struct Walk<'a> {
    /// The survey.
    pub version: &'a Version,
    /// The place it is about.
    pub place: &'a Place,
    /// Who can be drawn.
    pub population: Population<'a>,
    /// When people start.
    pub arrivals: Arrivals,
    /// What chance is made of.
    pub seed: u64,
    /// How many people start.
    pub people: u32,
}

impl Walk<'_> {
    /// The n-th person's response. Its reference is left to be given by [`reference`], if it was submitted.
    pub(super) fn take(&self, number: u32) -> Result<NewResponse, SimulateError> {
        let definition = &*self.version.definition;
        let mut dice = Dice::new(self.seed, "people", u64::from(number));
        let person = self.population.draw(&mut dice);

        let pages: Vec<&Page> = definition.pages().map(|(_, page)| page).collect();
        let mut work: Vec<f64> = pages.iter().map(|page| effort(page)).collect();
        // Reading the check page.
        work.push(1.0);
        let all = work.iter().sum();
        let longest = self.arrivals.longest();
        let paces = paces(definition, &work, all, longest, &mut dice);
        let part = (f64::from(number) + dice.unit()) / f64::from(self.people.max(1));
        let started_at = self.arrivals.start(part, paces.iter().sum());
        let id = identity(started_at, &mut dice);
        let respondent = Respondent {
            person: &person,
            definition,
            place: self.place,
            today: today(definition, started_at),
        };

        let mut answers = Answers::default();
        let mut saved = SavedPages::default();
        let mut now = started_at;
        let place_of = |page: &Page| pages.iter().position(|other| std::ptr::eq(*other, page));
        let mut next = Journey::new(definition, &answers, &saved)
            .pages()
            .next()
            .and_then(place_of);
        let mut is_given_up = false;
        while let Some(at) = next {
            let page = pages[at];
            // A response begins with its first page saved: whoever stops before is never heard of.
            if !saved.0.is_empty() && dice.happens(gives_up(work[at]) / person.patience) {
                is_given_up = true;
                break;
            }
            now += paces[at];
            self.answer_page(&respondent, page, id, &mut answers, &saved, &mut dice)?;
            saved.save(&page.key, now);
            next = match Journey::new(definition, &answers, &saved).next(&page.key) {
                Next::Page(page) => place_of(page),
                Next::Check => None,
            };
        }
        is_given_up |= dice.happens(0.02 / person.patience);
        let mut revision = i32::try_from(saved.0.len()).unwrap_or(i32::MAX);
        let mut updated_at = now;
        let mut submitted_at = None;
        if !is_given_up {
            answers = Journey::new(definition, &answers, &saved)
                .submittable()
                .map_err(|page| SimulateError::Unfinished {
                    page: page.to_string(),
                })?;
            updated_at = now + paces.last().copied().unwrap_or_default();
            submitted_at = Some(updated_at);
            revision += 1;
        }
        let packed = pack(
            definition,
            &answers,
            &shown_orders(definition, &answers, &id),
        );
        let texts = stored_texts(&packed);
        Ok(NewResponse {
            id,
            version_id: self.version.id,
            simulated: true,
            revision,
            channel: Channel::Web,
            language: definition.first_language().to_string(),
            reference: None,
            document: packed.document,
            sensitive: packed.sensitive,
            pages: serde_json::to_string(&saved).expect("a map of text to numbers is always JSON"),
            started_at,
            updated_at,
            submitted_at,
            flags: submitted_at.map_or(Flags::NONE, |sent| {
                Flags::of_pace(answers.values.len(), sent - started_at)
            }),
            texts,
        })
    }

    /// Fills in a page and sends it as a browser does.
    fn answer_page(
        &self,
        respondent: &Respondent<'_>,
        page: &Page,
        id: Uuid,
        answers: &mut Answers,
        saved: &SavedPages,
        dice: &mut Dice,
    ) -> Result<(), SimulateError> {
        let definition = &*self.version.definition;
        let mut draft = answers.clone();
        let mut waiting: Vec<&Question> = page.all_questions().collect();
        loop {
            // An answer can show another question of its page.
            let journey = Journey::new(definition, &draft, saved);
            let shown = journey.visible_questions(&page.key);
            let (new, later): (Vec<&Question>, Vec<&Question>) = waiting
                .into_iter()
                .partition(|question| shown.iter().any(|shown| shown.key == question.key));
            if new.is_empty() {
                break;
            }
            for question in new {
                respondent.answer(question, &mut draft, dice);
            }
            waiting = later;
        }
        let form = Form::new(encode_page(definition, &draft, page));
        let context = DecodeContext {
            definition,
            areas: self.place,
            page,
            before: answers,
            seed: id,
        };
        let decoded = decode_page(&context, &form);
        if let Some(error) = decoded.errors.first() {
            return Err(SimulateError::Invalid {
                page: page.key.to_string(),
                question: error.question.to_string(),
                problem: error.problem.message_id(),
            });
        }
        decoded.merge_into(answers);
        Ok(())
    }
}

/// How much work a page is, against others.
fn effort(page: &Page) -> f64 {
    let of = |kind: &Kind| match kind {
        Kind::Grid { rows, .. } => 0.4 * rows.len() as f64,
        Kind::Ranking { .. } => 2.2,
        Kind::Budget { .. } => 3.0,
        Kind::LongText { .. } => 1.8,
        Kind::Multiple { .. } => 1.0,
        Kind::Information { .. } => 0.4,
        Kind::ShortText { .. } | Kind::Email {} | Kind::Date { .. } | Kind::Postcode { .. } => 0.9,
        _ => 0.5,
    };
    page.questions
        .iter()
        .map(|question| of(&question.kind))
        .sum::<f64>()
        .max(0.3)
}

/// How likely somebody stops at a page: the more work it looks, the likelier.
fn gives_up(effort: f64) -> f64 {
    0.008 + 0.008 * effort
}

fn today(definition: &Definition, at: i64) -> jiff::civil::Date {
    let zone = jiff::tz::TimeZone::get(&definition.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    zone.to_datetime(Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH))
        .date()
}

/// An id of that moment (UUID version 7).
fn identity(at: i64, dice: &mut Dice) -> Uuid {
    let mut random = [0; 10];
    for (place, byte) in random.iter_mut().zip(
        dice.bits()
            .to_le_bytes()
            .into_iter()
            .chain(dice.bits().to_le_bytes()),
    ) {
        *place = byte;
    }
    let millis = u64::try_from(at / 1000).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// The `attempt`-th reference of a response.
pub(super) fn reference(seed: u64, id: Uuid, attempt: u64) -> String {
    let (high, low) = id.as_u64_pair();
    let mut dice = Dice::new(seed ^ high.rotate_left(17) ^ low, "references", attempt);
    Reference::from_random(dice.bits().to_le_bytes()).to_string()
}
