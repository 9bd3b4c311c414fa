//! From a file to rows of the database: hashed, checked, written.

use std::{
    collections::{HashMap, HashSet},
    fs::File,
    io::Seek,
};

use uuid::Uuid;

use super::{
    BadRow, Import, ImportError, Imported, Stage, Watcher,
    ids::{self, Fingerprint},
};
use crate::{
    actions::{answer_page::stored_texts, audit::record, parallel::on_every_core},
    audit::{Actor, Event, chain},
    export::{
        incoming::{Fault, Incoming, IncomingColumns, Line, Reason, RowReader, Sheet},
        layout,
    },
    storage::{
        Store, meta,
        responses::{Batches, Channel, Flags, Known, NewResponse},
    },
    survey::pack::{ShownOrders, pack},
};

/// How many rows are checked and written at a time.
const BATCH: usize = 2_000;
/// How many bytes of them: rows of long texts come in smaller batches.
const BATCH_BYTES: usize = 16 * 1024 * 1024;

/// Brings a file's responses in: all or none of them, or those that can be taken.
///
/// The same file again is known by its ids (or, without any, as a whole), and so is a response that was erased here since.
///
/// # Errors
/// [`ImportError`]; nothing was written then.
pub async fn import(
    store: &Store,
    plan: &Import,
    watcher: &dyn Watcher,
) -> Result<Imported, ImportError> {
    let unreadable = |source| ImportError::File {
        file: plan.file.clone(),
        source,
    };
    let mut file = File::open(&plan.file).map_err(unreadable)?;
    let fingerprint = ids::fingerprint(&mut file).map_err(unreadable)?;
    let columns = columns(plan, &file)?;
    let batches = Batches::begin(store).await?;
    let mut pass = Pass {
        plan,
        columns: &columns,
        fingerprint,
        batches: &batches,
        watcher,
        stage: Stage::Checking,
        seen: HashSet::new(),
        references: HashSet::new(),
    };
    file.rewind().map_err(unreadable)?;
    let mut checked = pass.run(&file).await?;
    if checked.rows == 0 {
        return Err(ImportError::NoRows);
    }
    if checked.bad > 0 && !plan.keep_good {
        return Err(ImportError::BadRows {
            bad: checked.bad,
            rows: checked.rows,
        });
    }
    if plan.check_only {
        checked.taken = 0;
        return Ok(checked);
    }
    pass.begin_writing();
    file.rewind().map_err(unreadable)?;
    let written = pass.run(&file).await?;
    // What was checked must be what was written.
    if ids::fingerprint(&mut file).map_err(unreadable)? != fingerprint {
        return Err(ImportError::Changed);
    }
    if let Some(version) = plan.versions.first() {
        let event = Event::ResponsesImported {
            survey: version.definition.slug.clone(),
            responses: written.taken,
            sha256: chain::hex(&fingerprint),
        };
        // Files come in by command only.
        record(batches.tx(), Actor::Command, &event).await?;
    }
    batches.commit().await?;
    Ok(written)
}

fn columns(plan: &Import, file: &File) -> Result<IncomingColumns, ImportError> {
    let sheet = Sheet::open(file)?;
    let versions: Vec<layout::Version> = plan
        .versions
        .iter()
        .map(|version| layout::Version {
            number: version.number,
            definition: version.definition.clone(),
        })
        .collect();
    Ok(IncomingColumns::new(
        sheet.header(),
        &versions,
        &plan.ignored,
    )?)
}

/// One reading of the file from its first row to its last.
struct Pass<'a> {
    plan: &'a Import,
    columns: &'a IncomingColumns,
    fingerprint: Fingerprint,
    batches: &'a Batches,
    watcher: &'a dyn Watcher,
    stage: Stage,
    /// The responses of earlier rows.
    seen: HashSet<Uuid>,
    /// The references of earlier rows.
    references: HashSet<String>,
}

/// A row that passed every check, or everything that is wrong with it.
type Checked = Result<(Uuid, Incoming), Vec<Fault>>;

impl Pass<'_> {
    fn begin_writing(&mut self) {
        self.stage = Stage::Writing;
        self.seen.clear();
        self.references.clear();
    }

    async fn run(&mut self, file: &File) -> Result<Imported, ImportError> {
        let now = self.plan.now.as_microsecond();
        let reader = RowReader::new(self.columns, &*self.plan.place, now, self.plan.rules);
        let mut sheet = Sheet::open(file)?;
        let mut imported = Imported::default();
        loop {
            let lines = batch(&mut sheet)?;
            if lines.is_empty() {
                return Ok(imported);
            }
            let mut rows: Vec<Checked> = on_every_core(&lines, |line| {
                let incoming = reader.read(line)?;
                Ok((self.identity(line, &incoming), incoming))
            });
            self.find_repeated(&mut rows);
            self.find_known(&mut rows).await?;
            let mut good = Vec::with_capacity(rows.len());
            for (line, row) in lines.iter().zip(rows) {
                imported.rows += 1;
                match row {
                    Ok(row) => good.push(row),
                    Err(faults) => {
                        imported.bad += 1;
                        if self.stage == Stage::Checking {
                            let line = line.line;
                            self.watcher.bad_row(&BadRow { line, faults });
                        }
                    }
                }
            }
            if self.stage == Stage::Writing {
                self.write(&good).await?;
            }
            imported.taken += u64::try_from(good.len()).unwrap_or(u64::MAX);
            self.watcher.progress(self.stage, imported.rows);
        }
    }

    fn identity(&self, line: &Line, incoming: &Incoming) -> Uuid {
        let survey = &self.plan.survey_id;
        match &incoming.id {
            Some(id) => ids::by_id(survey, id),
            None => ids::by_place(survey, &self.fingerprint, line.number),
        }
    }

    /// Refuses rows whose id or reference an earlier row of the file has.
    fn find_repeated(&mut self, rows: &mut [Checked]) {
        for row in rows {
            let Ok((id, incoming)) = row else { continue };
            let is_new = incoming.id.is_none() || self.seen.insert(*id);
            let is_unquoted = incoming
                .reference
                .as_ref()
                .is_none_or(|reference| self.references.insert(reference.clone()));
            let column = match (is_new, is_unquoted) {
                (true, true) => continue,
                (false, _) => "id",
                (true, false) => "reference",
            };
            *row = Err(fault(column, Reason::Repeated));
        }
    }

    /// Refuses rows that are in the database, or were, and those whose reference somebody else has.
    async fn find_known(&self, rows: &mut [Checked]) -> Result<(), ImportError> {
        let good = || rows.iter().filter_map(|row| row.as_ref().ok());
        let ids: Vec<Uuid> = good().map(|(id, _)| *id).collect();
        let references: Vec<String> = good()
            .filter_map(|(_, incoming)| incoming.reference.clone())
            .collect();
        let known: HashMap<Uuid, Known> = self.batches.known(&ids).await?.into_iter().collect();
        let taken: HashSet<String> = self.batches.taken(&references).await?.into_iter().collect();
        if known.is_empty() && taken.is_empty() {
            return Ok(());
        }
        for row in rows {
            let Ok((id, incoming)) = row else { continue };
            let has = |reference: &String| taken.contains(reference);
            let column = if incoming.id.is_some() { "id" } else { "" };
            let found = match known.get(id) {
                Some(Known::There) => fault(column, Reason::AlreadyThere),
                Some(Known::Erased) => fault(column, Reason::Erased),
                None if incoming.reference.as_ref().is_some_and(has) => {
                    fault("reference", Reason::ReferenceTaken)
                }
                None => continue,
            };
            *row = Err(found);
        }
        Ok(())
    }

    async fn write(&self, rows: &[(Uuid, Incoming)]) -> Result<(), ImportError> {
        let responses: Vec<NewResponse> =
            on_every_core(rows, |(id, incoming)| self.stored(*id, incoming));
        if responses.iter().any(|response| response.simulated) {
            meta::mark_simulated(self.batches.tx()).await?;
        }
        self.batches.insert(self.plan.survey_id, &responses).await?;
        Ok(())
    }

    fn stored(&self, id: Uuid, incoming: &Incoming) -> NewResponse {
        // In which order choices were shown, the file does not say.
        let packed = pack(
            &incoming.definition,
            &incoming.answers,
            &ShownOrders::default(),
        );
        let version = self
            .plan
            .versions
            .iter()
            .find(|version| version.number == incoming.version);
        NewResponse {
            id,
            version_id: version.map_or_else(Uuid::nil, |version| version.id),
            simulated: incoming.simulated,
            revision: 1,
            channel: Channel::Import,
            language: incoming.language.to_string(),
            reference: incoming.reference.clone(),
            pages: serde_json::to_string(&incoming.saved)
                .expect("a map of text to numbers is always JSON"),
            started_at: incoming.started_at.unwrap_or(incoming.submitted_at),
            // Whatever follows changes must notice it, however long ago it was sent.
            updated_at: self.plan.now.as_microsecond(),
            submitted_at: Some(incoming.submitted_at),
            flags: Flags::NONE,
            texts: stored_texts(&packed),
            document: packed.document,
            sensitive: packed.sensitive,
        }
    }
}

fn fault(column: &str, reason: Reason) -> Vec<Fault> {
    vec![Fault {
        column: column.to_owned(),
        reason,
    }]
}

fn batch(sheet: &mut Sheet<&File>) -> Result<Vec<Line>, ImportError> {
    let mut lines = Vec::new();
    let mut bytes = 0;
    while lines.len() < BATCH && bytes < BATCH_BYTES {
        let Some(line) = sheet.next_line()? else {
            break;
        };
        bytes += line.cells.as_slice().len();
        lines.push(line);
    }
    Ok(lines)
}
