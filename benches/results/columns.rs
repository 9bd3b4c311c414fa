//! Writes a dataset's columns as raw files, for other programs to count the same.

use std::{collections::BTreeMap, fs, path::Path};

use have_your_say::analysis::{
    columns::Column,
    dataset::{Chunk, Dataset},
    schema::{ANSWERED, Layout},
    weights::Weights,
};
use serde_json::json;

/// What was written: one file a column, and `columns.json` that says what they are.
#[derive(Default)]
struct Written {
    /// Column → numpy's word for its type.
    columns: BTreeMap<String, &'static str>,
    /// Columns of codes.
    codes: Vec<String>,
    /// Columns of 0 and 1.
    ticks: Vec<String>,
    /// Columns of amounts.
    money: Vec<String>,
    /// The item at each place of the priorities.
    places: Vec<String>,
}

pub fn write(dataset: &Dataset, weights: &Weights, folder: &Path) {
    let schema = dataset.schema();
    let mut written = Written::default();
    let bytes = |written: &mut Written, name: String, cells: &dyn Fn(&Chunk) -> Vec<u8>| {
        save(folder, &name, dataset, cells);
        written.columns.insert(name.clone(), "uint8");
        name
    };
    for (place, spec) in schema.questions().iter().enumerate() {
        let key = spec.key.as_str();
        let column = |chunk: &Chunk| chunk.columns[place].clone();
        match &spec.layout {
            Layout::One(_) | Layout::Scale { .. } | Layout::Text => {
                let name = bytes(&mut written, key.to_owned(), &|chunk| match column(chunk) {
                    Column::Narrow(cells) | Column::Text(cells) => cells,
                    _ => Vec::new(),
                });
                written.codes.push(name);
            }
            Layout::Grid { rows, .. } => {
                for (line, row) in rows.list().iter().enumerate() {
                    let name = format!("{key}_{}", row.code.as_str());
                    let name = bytes(&mut written, name, &|chunk| match column(chunk) {
                        Column::Grid(lines) => lines[line].clone(),
                        _ => Vec::new(),
                    });
                    written.codes.push(name);
                }
            }
            Layout::Many(options) => {
                for (bit, option) in options.list().iter().enumerate() {
                    let name = format!("{key}_{}", option.code.as_str());
                    let name = bytes(&mut written, name, &|chunk| match column(chunk) {
                        Column::Many { words, bits, .. } => bits
                            .chunks(words)
                            .map(|row| u8::from(row[bit / 64] >> (bit % 64) & 1 == 1))
                            .collect(),
                        _ => Vec::new(),
                    });
                    written.ticks.push(name);
                }
            }
            Layout::Ranking { places, .. } => {
                for at in 0..(*places).min(8) {
                    let name = format!("{key}_{}", at + 1);
                    let name = bytes(&mut written, name, &|chunk| match column(chunk) {
                        Column::Ranking { words, ballots } => ballots
                            .chunks(words)
                            .map(|row| (row[0] >> (8 * at)) as u8)
                            .map(|cell| if cell < ANSWERED { 0 } else { cell })
                            .collect(),
                        _ => Vec::new(),
                    });
                    if schema.roles().priorities == Some(place) {
                        written.places.push(name.clone());
                    }
                    written.codes.push(name);
                }
            }
            Layout::Budget { items, .. } => {
                for (at, item) in items.list().iter().enumerate() {
                    let name = format!("{key}_{}", item.code.as_str());
                    save(folder, &name, dataset, &|chunk| match column(chunk) {
                        Column::Budget { amounts, .. } => amounts[at]
                            .iter()
                            .flat_map(|amount| amount.to_le_bytes())
                            .collect(),
                        _ => Vec::new(),
                    });
                    written.columns.insert(name.clone(), "uint16");
                    written.money.push(name);
                }
            }
            Layout::Number | Layout::Date => {}
        }
    }
    let area = bytes(&mut written, "own_area".to_owned(), &|chunk| {
        chunk.area.clone()
    });
    save(folder, "weight", dataset, &|chunk| {
        let of = chunk.stratum.iter().map(|stratum| weights.of(*stratum));
        of.flat_map(f64::to_le_bytes).collect()
    });
    written.columns.insert("weight".to_owned(), "float64");
    let about = json!({
        "columns": written.columns, "codes": written.codes, "ticks": written.ticks, "money": written.money,
        "places": written.places, "area": area, "other": "confidence",
    });
    fs::write(folder.join("columns.json"), about.to_string()).expect("a folder to write to");
}

fn save(folder: &Path, name: &str, dataset: &Dataset, cells: &dyn Fn(&Chunk) -> Vec<u8>) {
    let all: Vec<u8> = dataset
        .chunks()
        .iter()
        .flat_map(|chunk| cells(chunk))
        .collect();
    fs::write(folder.join(format!("{name}.raw")), all).expect("a folder to write to");
}
