//! Reading a pack's CSV files: every complaint names the file and the line.

use std::str::FromStr;

use super::error::PlaceError;

/// A CSV file with a known heading.
pub(super) struct Table<'a> {
    file: &'static str,
    reader: csv::Reader<&'a [u8]>,
    record: csv::StringRecord,
    columns: usize,
}

/// One row of a [`Table`].
pub(super) struct Row<'a> {
    file: &'static str,
    line: u64,
    record: &'a csv::StringRecord,
}

impl<'a> Table<'a> {
    /// Opens a file whose heading must be exactly `heading`.
    pub(super) fn new(
        file: &'static str,
        bytes: &'a [u8],
        heading: &[&str],
    ) -> Result<Self, PlaceError> {
        let mut reader = csv::Reader::from_reader(bytes);
        let found = reader.headers().map_err(|e| PlaceError::row(file, 1, e))?;
        if found.iter().ne(heading.iter().copied()) {
            let problem = format!("the heading should be {}", heading.join(","));
            return Err(PlaceError::row(file, 1, problem));
        }
        Ok(Self {
            file,
            reader,
            record: csv::StringRecord::new(),
            columns: heading.len(),
        })
    }

    /// The next row, if there is one.
    pub(super) fn next_row(&mut self) -> Result<Option<Row<'_>>, PlaceError> {
        let more = self.reader.read_record(&mut self.record).map_err(|e| {
            let line = e.position().map_or(0, csv::Position::line);
            PlaceError::row(
                self.file,
                line,
                format!("{} columns are needed: {e}", self.columns),
            )
        })?;
        let line = self.record.position().map_or(0, csv::Position::line);
        Ok(more.then_some(Row {
            file: self.file,
            line,
            record: &self.record,
        }))
    }
}

impl Row<'_> {
    /// The text of a column, which must not be empty.
    pub(super) fn text(&self, column: usize) -> Result<&str, PlaceError> {
        self.optional(column)
            .ok_or_else(|| self.odd(format!("column {} is empty", column + 1)))
    }

    /// The text of a column, or nothing where it is empty.
    pub(super) fn optional(&self, column: usize) -> Option<&str> {
        self.record.get(column).filter(|text| !text.is_empty())
    }

    /// A column as a number, code or date.
    pub(super) fn parse<T>(&self, column: usize) -> Result<T, PlaceError>
    where
        T: FromStr,
        T::Err: std::fmt::Display,
    {
        let text = self.text(column)?;
        text.parse()
            .map_err(|e| self.odd(format!("column {}, {text:?}: {e}", column + 1)))
    }

    /// A complaint about this row.
    pub(super) fn odd(&self, problem: impl ToString) -> PlaceError {
        PlaceError::row(self.file, self.line, problem)
    }
}
