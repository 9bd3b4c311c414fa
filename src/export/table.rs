//! Results → CSV: one figure a row, under the header the results room gives.
//!
//! The file is a clean rectangle. What the figures are of (survey, moment, counts, filter, software) stands in columns
//! after the figures and is the same in every row, so that a row copied elsewhere still says it. With no figures there
//! are no rows; the JSON form says what they would have been of.

use std::io::{self, Write};

use super::csv::{Cell, CsvWriter};
use crate::results::{Cell as Figure, Table};

/// The parts of [`Table::about`] that have a column of their own; every other part is a parameter of the filter.
const ABOUT: [&str; 7] = [
    "survey",
    "as_of",
    "responses",
    "selected",
    "versions",
    "simulated",
    "software",
];

/// Writes a table of results.
///
/// # Errors
/// When the writer refuses.
pub fn write<W: Write>(out: W, table: &Table) -> io::Result<W> {
    let mut header: Vec<&str> = table.header.to_vec();
    header.extend(ABOUT);
    header.push("filter");
    let about: Vec<Cell<'_>> = ABOUT
        .iter()
        .map(|name| {
            let part = table.about.iter().find(|(given, _)| given == name);
            part.map_or(Cell::Empty, |(_, value)| word_or_number(value))
        })
        .collect();
    let filter = filter(table);
    let mut csv = CsvWriter::new(out, &header)?;
    for row in &table.rows {
        let figures = row.iter().map(Cell::from);
        let about = about.iter().cloned();
        csv.row(figures.chain(about).chain([Cell::text(filter.as_str())]))?;
    }
    csv.finish()
}

fn word_or_number(value: &str) -> Cell<'_> {
    value
        .parse()
        .map_or_else(|_| Cell::word(value), Cell::Whole)
}

/// The filter in force as it stands in the address of the page; empty without one.
fn filter(table: &Table) -> String {
    // A filter by `as_of` is no state, though both are called so: the first of each name says what the table is of.
    let mut of_table = ABOUT.to_vec();
    let parameters = table.about.iter().filter(|(name, _)| {
        let place = of_table.iter().position(|known| known == name);
        place.map(|place| of_table.remove(place)).is_none()
    });
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish()
}

impl<'a> From<&'a Figure> for Cell<'a> {
    fn from(figure: &'a Figure) -> Self {
        match figure {
            Figure::Text(text) => Self::word(text.as_str()),
            Figure::Count(count) => i64::try_from(*count).map_or(Self::Empty, Self::Whole),
            Figure::Number(number) => Self::Number(*number),
            Figure::Empty => Self::Empty,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn table(rows: Vec<Vec<Figure>>) -> Table {
        let about = [
            ("survey", "mill-park"),
            ("as_of", "2026-11-04T09:30:00Z"),
            ("responses", "40"),
            ("selected", "12"),
            ("versions", "1 2"),
            ("simulated", "true"),
            ("software", "0.1.0"),
            ("age", "16_24"),
            ("age", "25_44"),
            ("as_of", "2026-11-03T00:00:00Z"),
        ];
        Table {
            about: about.map(|(name, value)| (name, value.to_owned())).into(),
            header: &["area_name", "count", "value"],
            rows,
        }
    }

    #[test]
    fn every_row_says_what_it_is_of() {
        let rows = vec![
            vec![
                Figure::Text("Castle Point, \"west\"".into()),
                Figure::Count(3),
                Figure::Number(-0.5),
            ],
            vec![Figure::Text("=x".into()), Figure::Empty, Figure::Empty],
        ];
        let written = String::from_utf8(write(Vec::new(), &table(rows)).unwrap()).unwrap();
        let about = "mill-park,2026-11-04T09:30:00Z,40,12,\"1 2\",true,0.1.0,\
            \"age=16_24&age=25_44&as_of=2026-11-03T00%3A00%3A00Z\"\r\n";
        let expected = format!(
            "\u{feff}area_name,count,value,survey,as_of,responses,selected,versions,simulated,software,filter\r\n\
             \"Castle Point, \"\"west\"\"\",3,-0.5,{about}\"'=x\",,,{about}"
        );
        assert_eq!(written, expected);
    }

    #[test]
    fn no_figures_are_a_header_alone() {
        let written = String::from_utf8(write(Vec::new(), &table(Vec::new())).unwrap()).unwrap();
        assert_eq!(written.lines().count(), 1);
    }
}
