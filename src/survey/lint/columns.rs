//! The rule that every column of a file has a name of its own.

use std::collections::HashMap;

use super::{Findings, Located};
use crate::survey::columns::{RESPONSE_COLUMNS, columns};

pub(super) fn lint(located: &[Located<'_>], findings: &mut Findings) {
    // Statistics programs don't tell capitals from small letters in a column's name.
    let mut seen: HashMap<String, &str> = RESPONSE_COLUMNS
        .iter()
        .map(|name| ((*name).to_owned(), ""))
        .collect();
    for entry in located {
        let key = entry.question.key.as_str();
        let mut told: Vec<&str> = Vec::new();
        for column in columns(entry.question) {
            match seen.get(&column.name.to_ascii_lowercase()) {
                Some(&"") => findings.error(
                    &entry.spot,
                    format!(
                        "files have a column `{}` about each response already",
                        column.name
                    ),
                    "use another question key",
                ),
                // Two questions of one key, or two choices of one code, are told of by the rule about names.
                Some(&first) if first == key => {}
                Some(&first) if told.contains(&first) => {}
                Some(&first) => {
                    told.push(first);
                    findings.error(
                        &entry.spot,
                        format!(
                            "its column `{}` in files would have the name of one of the question `{first}`",
                            column.name
                        ),
                        "change the key of one of the two questions",
                    );
                }
                None => {
                    seen.insert(column.name.to_ascii_lowercase(), key);
                }
            }
        }
    }
}
