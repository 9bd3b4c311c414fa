//! The survey as LimeSurvey has it: groups, questions, their parts and attributes, put together from rows.
//!
//! Up to version 3 a row is one language of a thing, and tables hold a row for each; from version 4 on the words stand in
//! tables of their own (`…_l10ns`). Both are read here, and nowhere else.

use std::collections::{BTreeMap, HashMap};

use super::{
    LssError, Report,
    report::{Loss, Place, shortened},
    xml::{Row, Tables, at_most, cell},
};
use crate::survey::{
    ids::Lang,
    read::{MOST_CHOICES, MOST_PAGES, MOST_QUESTIONS},
};

/// A text as LimeSurvey keeps it (HTML), by language.
pub(super) type Words = BTreeMap<Lang, String>;

/// The most languages of a survey.
const MOST_LANGUAGES: usize = 40;
/// Tables that are read here or in `whole`.
const READ: [&str; 15] = [
    "answers",
    "answer_l10ns",
    "assessments",
    "conditions",
    "defaultvalues",
    "defaultvalue_l10ns",
    "groups",
    "group_l10ns",
    "questions",
    "question_l10ns",
    "question_attributes",
    "quota",
    "subquestions",
    "surveys",
    "surveys_languagesettings",
];
/// Tables that only say more about a thing that is reported itself.
const DETAILS: [&str; 2] = ["quota_members", "quota_languagesettings"];

/// A survey.
#[derive(Debug, Default)]
pub(super) struct Source {
    /// Its number.
    pub(super) sid: String,
    /// Its languages, the base language first.
    pub(super) languages: Vec<Lang>,
    /// Its settings.
    pub(super) settings: Row,
    /// Its own texts: column → words.
    pub(super) texts: BTreeMap<String, Words>,
    /// Its groups in order.
    pub(super) groups: Vec<Group>,
}

/// A group of questions.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) gid: String,
    order: i64,
    pub(super) name: Words,
    pub(super) description: Words,
    pub(super) relevance: String,
    pub(super) randomised: bool,
    pub(super) questions: Vec<Asked>,
}

/// A question.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub(super) qid: String,
    pub(super) gid: String,
    order: i64,
    /// Its code.
    pub(super) code: String,
    /// Its type: one letter.
    pub(super) letter: String,
    pub(super) label: Words,
    pub(super) help: Words,
    pub(super) has_other: bool,
    pub(super) mandatory: String,
    pub(super) relevance: String,
    pub(super) pattern: String,
    pub(super) has_script: bool,
    /// Subquestions.
    pub(super) parts: Vec<Part>,
    /// Answer options.
    pub(super) options: Vec<Part>,
    /// Attributes that are set, by name; words by language where they are translated.
    pub(super) attributes: BTreeMap<String, Attribute>,
    /// Rows of the older conditions.
    pub(super) conditions: Vec<Row>,
    pub(super) has_default: bool,
}

impl Asked {
    pub(super) fn place(&self) -> Place {
        Place::Question(shortened(&self.code))
    }
}

/// A subquestion or an answer option.
#[derive(Debug, Default, Clone)]
pub(super) struct Part {
    qid: String,
    order: i64,
    pub(super) scale: u8,
    pub(super) code: String,
    pub(super) label: Words,
    pub(super) relevance: String,
}

/// An attribute's value.
#[derive(Debug, Default, Clone)]
pub(super) struct Attribute {
    pub(super) value: String,
    pub(super) words: Words,
}

impl Source {
    /// Puts a survey together.
    ///
    /// # Errors
    /// [`LssError`], when a bound is broken or nothing is asked.
    pub(super) fn of(tables: &Tables, report: &mut Report) -> Result<Self, LssError> {
        let mut source = Self::default();
        if let Some(row) = tables.rows("surveys").first() {
            source.settings = row.clone();
        }
        source.sid = cell(&source.settings, "sid").to_owned();
        source.languages = languages(tables, &source.settings, report)?;
        let speak = Speak::of(&source.languages);
        for row in tables.rows("surveys_languagesettings") {
            for (column, value) in row {
                let words = source.texts.entry(column.clone()).or_default();
                speak.put(words, cell(row, "surveyls_language"), value);
            }
        }
        let mut stray = BTreeMap::new();
        let mut groups = groups(tables, &speak, &mut stray)?;
        let asked = questions(tables, &speak, &mut stray)?;
        let places: HashMap<String, usize> = groups
            .iter()
            .enumerate()
            .map(|(at, group)| (group.gid.clone(), at))
            .collect();
        for question in asked {
            match places.get(&question.gid) {
                Some(at) => groups[*at].questions.push(question),
                None => *stray.entry("questions").or_insert(0) += 1,
            }
        }
        for group in &mut groups {
            group.questions.sort_by_key(|question| question.order);
        }
        groups.sort_by_key(|group| group.order);
        source.groups = groups;
        for (table, rows) in stray {
            report.add(&Place::Table(table.to_owned()), Loss::Stray { rows });
        }
        rest(tables, report);
        Ok(source)
    }
}

/// Which of the survey's languages a code of LimeSurvey's means.
struct Speak {
    by_code: HashMap<String, Lang>,
    base: Option<Lang>,
}

impl Speak {
    fn of(languages: &[Lang]) -> Self {
        Self {
            by_code: languages
                .iter()
                .map(|lang| (lang.as_str().to_owned(), lang.clone()))
                .collect(),
            base: languages.first().cloned(),
        }
    }

    /// Keeps words; those without a language are of the base language.
    fn put(&self, words: &mut Words, code: &str, value: &str) {
        let lang = match code {
            "" => self.base.as_ref(),
            code => self.by_code.get(code),
        };
        if let Some(lang) = lang
            && !value.trim().is_empty()
        {
            words.insert(lang.clone(), value.to_owned());
        }
    }
}

fn languages(tables: &Tables, settings: &Row, report: &mut Report) -> Result<Vec<Lang>, LssError> {
    let mut codes: Vec<&str> = Vec::new();
    let declared = [
        cell(settings, "language"),
        cell(settings, "additional_languages"),
    ];
    let spoken = tables.rows("surveys_languagesettings").iter();
    let spoken: Vec<&str> = spoken.map(|row| cell(row, "surveyls_language")).collect();
    let declared = declared.into_iter().flat_map(str::split_whitespace);
    for code in declared.chain(spoken) {
        if !code.is_empty() && !codes.contains(&code) {
            codes.push(code);
        }
        at_most(codes.len(), MOST_LANGUAGES, "languages", || {
            "the survey".to_owned()
        })?;
    }
    let mut languages = Vec::new();
    for code in codes {
        match Lang::new(code) {
            Ok(lang) => languages.push(lang),
            Err(_) => report.add(
                &Place::Survey,
                Loss::Language {
                    code: shortened(code),
                },
            ),
        }
    }
    if languages.is_empty() {
        languages.extend(Lang::new("en"));
        let mend = "write the survey's languages";
        report.add(
            &Place::Survey,
            Loss::MadeUp {
                field: "languages",
                mend,
            },
        );
    }
    Ok(languages)
}

fn number(row: &Row, column: &str) -> i64 {
    cell(row, column).parse().unwrap_or(0)
}

type StrayRows = BTreeMap<&'static str, usize>;

fn groups(tables: &Tables, speak: &Speak, stray: &mut StrayRows) -> Result<Vec<Group>, LssError> {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for row in tables.rows("groups") {
        let gid = cell(row, "gid");
        let at = *by_id.entry(gid.to_owned()).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Group {
                gid: gid.to_owned(),
                order: number(row, "group_order"),
                relevance: cell(row, "grelevance").to_owned(),
                randomised: !cell(row, "randomization_group").is_empty(),
                ..Group::default()
            });
            at_most(groups.len(), MOST_PAGES, "groups", || "groups".to_owned())?;
        }
        group_words(&mut groups[at], row, speak);
    }
    for row in tables.rows("group_l10ns") {
        match by_id.get(cell(row, "gid")) {
            Some(at) => group_words(&mut groups[*at], row, speak),
            None => *stray.entry("group_l10ns").or_insert(0) += 1,
        }
    }
    Ok(groups)
}

fn group_words(group: &mut Group, row: &Row, speak: &Speak) {
    let language = cell(row, "language");
    speak.put(&mut group.name, language, cell(row, "group_name"));
    speak.put(&mut group.description, language, cell(row, "description"));
}

fn questions(
    tables: &Tables,
    speak: &Speak,
    stray: &mut StrayRows,
) -> Result<Vec<Asked>, LssError> {
    let mut asked: Vec<Asked> = Vec::new();
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for row in tables.rows("questions") {
        let qid = cell(row, "qid");
        let at = *by_id.entry(qid.to_owned()).or_insert(asked.len());
        if at == asked.len() {
            asked.push(question(row));
            at_most(asked.len(), MOST_QUESTIONS, "questions", || {
                "questions".to_owned()
            })?;
        }
        question_words(&mut asked[at], row, speak);
    }
    // Each part is found by its own number, and belongs to the question that is its parent.
    let mut parts: HashMap<String, (usize, usize)> = HashMap::new();
    for row in tables.rows("subquestions") {
        let qid = cell(row, "qid");
        let at = match parts.get(qid) {
            Some(at) => *at,
            None => {
                let Some(parent) = by_id.get(cell(row, "parent_qid")) else {
                    *stray.entry("subquestions").or_insert(0) += 1;
                    continue;
                };
                let list = &mut asked[*parent].parts;
                list.push(part(row, qid, "title", "question_order"));
                at_most(list.len(), 2 * MOST_CHOICES, "subquestions", || {
                    format!("question {}", shortened(&asked[*parent].code))
                })?;
                let at = (*parent, asked[*parent].parts.len() - 1);
                parts.insert(qid.to_owned(), at);
                at
            }
        };
        let label = &mut asked[at.0].parts[at.1].label;
        speak.put(label, cell(row, "language"), cell(row, "question"));
    }
    for row in tables.rows("question_l10ns") {
        let qid = cell(row, "qid");
        if let Some(at) = by_id.get(qid) {
            question_words(&mut asked[*at], row, speak);
        } else if let Some((question, part)) = parts.get(qid) {
            let label = &mut asked[*question].parts[*part].label;
            speak.put(label, cell(row, "language"), cell(row, "question"));
        } else {
            *stray.entry("question_l10ns").or_insert(0) += 1;
        }
    }
    options(tables, speak, &by_id, &mut asked, stray)?;
    for row in tables.rows("question_attributes") {
        let Some(at) = by_id.get(cell(row, "qid")) else {
            // Attributes of subquestions are none that change what is asked.
            continue;
        };
        let name = cell(row, "attribute").to_owned();
        let attribute = asked[*at].attributes.entry(name).or_default();
        let value = cell(row, "value");
        match cell(row, "language") {
            "" => value.clone_into(&mut attribute.value),
            language => speak.put(&mut attribute.words, language, value),
        }
    }
    for row in tables.rows("conditions") {
        match by_id.get(cell(row, "qid")) {
            Some(at) => asked[*at].conditions.push(row.clone()),
            None => *stray.entry("conditions").or_insert(0) += 1,
        }
    }
    for row in tables.rows("defaultvalues") {
        if let Some(at) = by_id.get(cell(row, "qid")) {
            asked[*at].has_default = true;
        }
    }
    for question in &mut asked {
        question.parts.sort_by_key(|part| (part.scale, part.order));
        question
            .options
            .sort_by_key(|part| (part.scale, part.order));
    }
    Ok(asked)
}

fn question(row: &Row) -> Asked {
    Asked {
        qid: cell(row, "qid").to_owned(),
        gid: cell(row, "gid").to_owned(),
        order: number(row, "question_order"),
        code: cell(row, "title").to_owned(),
        letter: cell(row, "type").to_owned(),
        has_other: cell(row, "other") == "Y",
        mandatory: cell(row, "mandatory").to_owned(),
        relevance: cell(row, "relevance").to_owned(),
        pattern: cell(row, "preg").to_owned(),
        ..Asked::default()
    }
}

fn question_words(question: &mut Asked, row: &Row, speak: &Speak) {
    let language = cell(row, "language");
    speak.put(&mut question.label, language, cell(row, "question"));
    speak.put(&mut question.help, language, cell(row, "help"));
    question.has_script |= !cell(row, "script").is_empty();
}

fn part(row: &Row, id: &str, code: &str, order: &str) -> Part {
    Part {
        qid: id.to_owned(),
        order: number(row, order),
        scale: cell(row, "scale_id").parse().unwrap_or(0),
        code: cell(row, code).to_owned(),
        relevance: cell(row, "relevance").to_owned(),
        ..Part::default()
    }
}

fn options(
    tables: &Tables,
    speak: &Speak,
    by_id: &HashMap<String, usize>,
    asked: &mut [Asked],
    stray: &mut StrayRows,
) -> Result<(), LssError> {
    let mut words: HashMap<&str, Vec<&Row>> = HashMap::new();
    for row in tables.rows("answer_l10ns") {
        words.entry(cell(row, "aid")).or_default().push(row);
    }
    let mut known: HashMap<(usize, u8, String), usize> = HashMap::new();
    for row in tables.rows("answers") {
        let Some(at) = by_id.get(cell(row, "qid")) else {
            *stray.entry("answers").or_insert(0) += 1;
            continue;
        };
        let question = &mut asked[*at];
        let option = part(row, cell(row, "aid"), "code", "sortorder");
        let place = (*at, option.scale, option.code.clone());
        let index = *known.entry(place).or_insert(question.options.len());
        if index == question.options.len() {
            question.options.push(option);
            at_most(question.options.len(), 2 * MOST_CHOICES, "answers", || {
                format!("question {}", shortened(&question.code))
            })?;
        }
        let option = &mut question.options[index];
        speak.put(
            &mut option.label,
            cell(row, "language"),
            cell(row, "answer"),
        );
        if !option.qid.is_empty() {
            for row in words.get(option.qid.as_str()).into_iter().flatten() {
                speak.put(
                    &mut option.label,
                    cell(row, "language"),
                    cell(row, "answer"),
                );
            }
        }
    }
    Ok(())
}

/// What stands in no group and no question.
fn rest(tables: &Tables, report: &mut Report) {
    for row in tables.rows("quota") {
        let name = shortened(cell(row, "name"));
        report.add(&Place::Survey, Loss::Quota { name });
    }
    for row in tables.rows("assessments") {
        let name = shortened(cell(row, "name"));
        report.add(&Place::Survey, Loss::Assessment { name });
    }
    let unread = tables.filled().map(|(name, rows)| (name, rows.len()));
    let other = tables
        .other
        .iter()
        .map(|(name, count)| (name.as_str(), *count));
    let known = |name: &str| READ.contains(&name) || DETAILS.contains(&name) || name == "languages";
    for (name, rows) in unread.chain(other).filter(|(name, _)| !known(name)) {
        report.add(&Place::Table(shortened(name)), Loss::Table { rows });
    }
}
