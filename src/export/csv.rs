//! Cells → CSV (RFC 4180, UTF-8 with a byte order mark, lines ending in CR LF).
//!
//! A spreadsheet takes a text that begins with `=`, `+`, `-`, `@`, a tab or a line break for a formula, and runs it.
//! Type decides who is guarded: numbers are written as they are; words of ours (codes, keys, moments) are bare when
//! their letters can do no harm; every other text is quoted, and gets a `'` in front when it needs one.

use std::{
    borrow::Cow,
    io::{self, Write},
};

/// Tells spreadsheets that the file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing: not answered.
    Empty,
    /// A word of ours: a code, a key, a moment.
    Word(Cow<'a, str>),
    /// What somebody wrote: an answer, a label, a name.
    Text(Cow<'a, str>),
    /// A whole number.
    Whole(i64),
    /// A figure; one that is not finite is written as nothing.
    Number(f64),
}

impl<'a> Cell<'a> {
    /// A word of ours.
    #[must_use]
    pub fn word(word: impl Into<Cow<'a, str>>) -> Self {
        Self::Word(word.into())
    }

    /// Somebody's words.
    #[must_use]
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }
}

/// Writes rows of cells.
#[derive(Debug)]
pub struct CsvWriter<W> {
    out: W,
    width: usize,
}

impl<W: Write> CsvWriter<W> {
    /// Begins a file: the mark, then the header.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn new<N: AsRef<str>>(out: W, header: &[N]) -> io::Result<Self> {
        let mut writer = Self::resume(out, header.len());
        writer.out.write_all(BYTE_ORDER_MARK)?;
        writer.row(header.iter().map(|name| Cell::word(name.as_ref())))?;
        Ok(writer)
    }

    /// Goes on with a file of `width` columns that was begun before.
    #[must_use]
    pub fn resume(out: W, width: usize) -> Self {
        Self { out, width }
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When the writer refuses, or the row is not as wide as the header.
    pub fn row<'c>(&mut self, cells: impl IntoIterator<Item = Cell<'c>>) -> io::Result<()> {
        let mut written = 0;
        for cell in cells {
            if written > 0 {
                self.out.write_all(b",")?;
            }
            self.cell(&cell)?;
            written += 1;
        }
        if written != self.width {
            let problem = format!("a row of {written} cells under {} columns", self.width);
            return Err(io::Error::new(io::ErrorKind::InvalidInput, problem));
        }
        self.out.write_all(b"\r\n")
    }

    /// Hands back the writer.
    ///
    /// # Errors
    /// When what is waiting in it can't be written.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }

    fn cell(&mut self, cell: &Cell<'_>) -> io::Result<()> {
        match cell {
            Cell::Empty => Ok(()),
            Cell::Whole(number) => write!(self.out, "{number}"),
            Cell::Number(number) if number.is_finite() => write!(self.out, "{number}"),
            Cell::Number(_) => Ok(()),
            Cell::Word(word) if is_bare(word) => self.out.write_all(word.as_bytes()),
            Cell::Word(text) | Cell::Text(text) => self.quoted(text),
        }
    }

    /// Texts are always quoted: a program that splits at semicolons or tabs then keeps them whole as well.
    fn quoted(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(b"\"")?;
        if needs_guard(text) {
            self.out.write_all(b"'")?;
        }
        let mut parts = text.split('"');
        self.out
            .write_all(parts.next().unwrap_or_default().as_bytes())?;
        for part in parts {
            self.out.write_all(b"\"\"")?;
            self.out.write_all(part.as_bytes())?;
        }
        self.out.write_all(b"\"")
    }
}

/// Whether a word stands as it is without quotes, in any program.
fn is_bare(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && word
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.:".contains(&b))
}

/// Whether a text gets a `'` in front.
///
/// Blanks and invisible characters before the telling one are looked through, as some programs drop them. A text that
/// begins with `_` is guarded, too: the codes for what is missing begin so. Quotes in front are looked through so
/// that exactly one `'` is to be taken away to have the text back ([`unguarded`]).
#[must_use]
pub fn needs_guard(text: &str) -> bool {
    let text = text.trim_start_matches('\'');
    text.starts_with(['\t', '\r', '\n'])
        || text
            .trim_start_matches(is_unseen)
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '_'])
}

/// The text as it was before it was guarded.
#[must_use]
pub fn unguarded(written: &str) -> &str {
    written
        .strip_prefix('\'')
        .filter(|text| needs_guard(text))
        .unwrap_or(written)
}

fn is_unseen(c: char) -> bool {
    c == '\''
        || c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn write(rows: &[Vec<Cell<'_>>]) -> Vec<u8> {
        let header: Vec<String> = (0..rows[0].len()).map(|at| format!("c{at}")).collect();
        let mut writer = CsvWriter::new(Vec::new(), &header).unwrap();
        for row in rows {
            writer.row(row.iter().cloned()).unwrap();
        }
        writer.finish().unwrap()
    }

    fn read(bytes: &[u8]) -> Vec<Vec<String>> {
        ::csv::Reader::from_reader(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap())
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect()
    }

    #[test]
    fn a_file_is_utf_8_with_a_mark_and_lines_of_rfc_4180() {
        let bytes = write(&[vec![
            Cell::word("a_1"),
            Cell::text("say \"ah\"\nnow"),
            Cell::Whole(-3),
        ]]);
        let expected = "\u{feff}c0,c1,c2\r\na_1,\"say \"\"ah\"\"\nnow\",-3\r\n";
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_guarded_and_numbers_are_not() {
        for text in [
            "=1+1",
            "+44",
            "-x",
            "@sum",
            "\tx",
            "\rx",
            "\nx",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            " =1",
            "\u{feff}=1",
            "\u{200b}=1",
            "'=1",
            "_so!",
            "' =1",
        ] {
            for cell in [Cell::text(text), Cell::word(text)] {
                let rows = read(&write(&[vec![cell, Cell::Empty]]));
                assert_eq!(rows[0][0], format!("'{text}"));
                assert_eq!(unguarded(&rows[0][0]), text);
            }
        }
        let rows = read(&write(&[vec![
            Cell::text("_declined"),
            Cell::word("_declined"),
        ]]));
        assert_eq!(rows[0], ["'_declined", "_declined"]);
        for text in ["'tis", "a=b", "5-6", "ordinary", "", "…-x", "»=1"] {
            assert_eq!(
                read(&write(&[vec![Cell::text(text), Cell::Empty]]))[0][0],
                text
            );
        }
        let numbers = vec![
            Cell::Whole(i64::MIN),
            Cell::Number(-0.25),
            Cell::Number(f64::NAN),
        ];
        assert_eq!(
            read(&write(&[numbers]))[0],
            ["-9223372036854775808", "-0.25", ""]
        );
    }

    #[test]
    fn a_row_of_another_width_is_refused() {
        let mut writer = CsvWriter::new(Vec::new(), &["a", "b"]).unwrap();
        assert!(writer.row([Cell::Empty]).is_err());
    }

    #[test]
    fn long_and_foreign_texts_come_through_whole() {
        let texts = [
            "x\",\r\n".repeat(20_000),
            "👍🏽".repeat(12_500),
            "\u{5e9}\u{5dc}\u{5d5}\u{5dd}, \u{645}\u{631}\u{62d}\u{628}\u{627}".to_owned(),
            "../x; drop\t\"table\"".to_owned(),
        ];
        let row = texts.iter().map(|text| Cell::text(text.as_str())).collect();
        assert_eq!(read(&write(&[row]))[0], texts);
    }

    proptest! {
        #[test]
        fn no_text_begins_as_a_formula_and_every_text_is_had_back(
            text in "['\t\r\n =+@＝＋－＠_\u{feff}\u{200b}-]{0,4}(?s:.{0,12})",
        ) {
            let rows = read(&write(&[vec![Cell::text(text.as_str()), Cell::word(text.as_str())]]));
            for cell in &rows[0] {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']));
                prop_assert_eq!(unguarded(cell), text.as_str());
            }
        }
    }
}
