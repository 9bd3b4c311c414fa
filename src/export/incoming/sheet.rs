//! A file taken apart into lines of cells: commas, semicolons or tabs; with or without a byte order mark; lines that
//! end in LF, CR LF or CR; one row in memory at a time.

use std::{
    collections::VecDeque,
    io::{self, Chain, Cursor, Read},
};

use csv::{ByteRecord, Reader, ReaderBuilder};

/// The most bytes a row may have: a quote that is never closed would otherwise read the whole file as one cell.
const LONGEST_ROW: u64 = 8 * 1024 * 1024;
/// How much of the file is looked at to see what separates its cells.
const LOOKED_AT: u64 = 64 * 1024;

/// Why a file can't be taken apart.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// There is nothing in it.
    #[error("the file is empty; its first line names the columns")]
    Empty,
    /// Some programs save "Unicode text" so.
    #[error("the file is in UTF-16; save it as CSV in UTF-8")]
    Utf16,
    /// The first line is not UTF-8.
    #[error("the first line is not UTF-8; save the file as CSV in UTF-8")]
    HeaderNotUtf8,
    /// A row that doesn't end.
    #[error("a row has more than 8 MiB: a quote is not closed, or the file is no CSV")]
    TooLong,
    /// The system refuses.
    #[error("the file can't be read: {0}")]
    Read(io::Error),
}

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The number of the row, from 1; the header is not counted.
    pub number: u64,
    /// The line of the file it begins on, from 1.
    pub line: u64,
    /// Its cells.
    pub cells: ByteRecord,
}

/// A file, read row by row.
#[derive(Debug)]
pub struct Sheet<R> {
    reader: Reader<Watched<Chain<Cursor<Vec<u8>>, R>>>,
    header: Vec<String>,
    rows: u64,
}

/// Sees what is read: it stops at what no row needs, and knows where lines end (the reader of CSV counts the ends of
/// lines as it meets them, which is not where rows end).
#[derive(Debug)]
struct Watched<R> {
    source: R,
    /// How much was read since the row began.
    of_row: u64,
    /// How much was read.
    of_file: u64,
    /// Where lines end that the reader of CSV has not come to, as places of bytes.
    ends: VecDeque<u64>,
    /// How many line ends it has passed.
    passed: u64,
}

impl<R> Watched<R> {
    fn new(source: R) -> Self {
        Self {
            source,
            of_row: 0,
            of_file: 0,
            ends: VecDeque::new(),
            passed: 0,
        }
    }

    /// The line that the byte before `place` lies on, from 1; a line end lies on the line it ends.
    fn line_before(&mut self, place: u64) -> u64 {
        let mut is_end = false;
        while let Some(end) = self.ends.pop_front_if(|end| *end < place) {
            self.passed += 1;
            is_end = end + 1 == place;
        }
        self.passed + u64::from(!is_end)
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.of_row > LONGEST_ROW {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        let read = self.source.read(buffer)?;
        for (at, byte) in buffer[..read].iter().enumerate() {
            if *byte == b'\n' {
                self.ends.push_back(self.of_file + count(at));
            }
        }
        self.of_row += count(read);
        self.of_file += count(read);
        Ok(read)
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

impl<R: Read> Sheet<R> {
    /// Begins to read a file.
    ///
    /// # Errors
    /// [`SheetError`], of the first line.
    pub fn open(mut source: R) -> Result<Self, SheetError> {
        let mut begin = Vec::new();
        source
            .by_ref()
            .take(LOOKED_AT)
            .read_to_end(&mut begin)
            .map_err(SheetError::Read)?;
        if begin.starts_with(&[0xFF, 0xFE]) || begin.starts_with(&[0xFE, 0xFF]) {
            return Err(SheetError::Utf16);
        }
        if begin.starts_with(b"\xEF\xBB\xBF") {
            begin.drain(..3);
        }
        let delimiter = delimiter(&begin);
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(Watched::new(Cursor::new(begin).chain(source)));
        let mut sheet = Self {
            reader,
            header: Vec::new(),
            rows: 0,
        };
        let (_, header) = sheet.record()?.ok_or(SheetError::Empty)?;
        let names = header
            .iter()
            .map(|name| std::str::from_utf8(name).map(|name| name.trim().to_owned()));
        sheet.header = names
            .collect::<Result<_, _>>()
            .map_err(|_| SheetError::HeaderNotUtf8)?;
        Ok(sheet)
    }

    /// The names of the columns.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The next row; none at the end. Empty lines are passed over.
    ///
    /// # Errors
    /// [`SheetError::TooLong`] and [`SheetError::Read`].
    pub fn next_line(&mut self) -> Result<Option<Line>, SheetError> {
        let Some((line, cells)) = self.record()? else {
            return Ok(None);
        };
        self.rows += 1;
        Ok(Some(Line {
            number: self.rows,
            line,
            cells,
        }))
    }

    fn record(&mut self) -> Result<Option<(u64, ByteRecord)>, SheetError> {
        let mut cells = ByteRecord::new();
        self.reader.get_mut().of_row = 0;
        let found = self.reader.read_byte_record(&mut cells);
        let after = self.reader.position().byte();
        let line = self.reader.get_mut().line_before(after);
        let found = found.map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                SheetError::TooLong
            }
            csv::ErrorKind::Io(error) => SheetError::Read(error),
            // Rows of any width are let through, and nothing is decoded here.
            other => SheetError::Read(io::Error::other(format!("{other:?}"))),
        })?;
        let ends = cells
            .iter()
            .map(|cell| cell.iter().filter(|byte| **byte == b'\n').count())
            .sum();
        Ok(found.then(|| (line.saturating_sub(count(ends)), cells)))
    }
}

/// What separates the cells of the first line: whichever of comma, semicolon and tab stands there most often, outside
/// of quotes.
fn delimiter(begin: &[u8]) -> u8 {
    let mut counts = [(b',', 0_u32), (b';', 0), (b'\t', 0)];
    let mut is_quoted = false;
    for byte in begin {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            _ if is_quoted => {}
            byte => {
                for (known, count) in &mut counts {
                    *count += u32::from(known == byte);
                }
            }
        }
    }
    // The first of equals, which is the comma.
    let mut most = counts[0];
    for other in &counts[1..] {
        if other.1 > most.1 {
            most = *other;
        }
    }
    most.0
}
