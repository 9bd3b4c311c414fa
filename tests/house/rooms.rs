//! Which room may know which: a pure room knows neither HTTP nor SQL nor the clock, and no import goes uphill.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

const PURE: [&str; 8] = [
    "survey",
    "geography",
    "analysis",
    "results",
    "comments",
    "charts",
    "export",
    "audit",
];

/// What a pure room never says: the web, the database, threads, files, the clock and chance.
const FORBIDDEN_IN_PURE: [&str; 26] = [
    "actix",
    "reqwest",
    "lettre",
    "sea_orm",
    "sqlx",
    "entity::",
    "migration::",
    "tokio",
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "jiff::tz::TimeZone::system",
    "thread_rng",
    "rand::rng",
    "rand::random",
    "getrandom",
    "Uuid::new_v4",
    "Uuid::now_v7",
    "println!",
];

/// The one file of a pure room that may start threads: it counts on every core, and counts are the same however they are
/// shared out.
const SHARES_OUT: &str = "analysis/parallel.rs";

/// What each room may use beside itself and the rooms below it that the design names.
fn allowed(room: &str) -> Option<Vec<&'static str>> {
    let pure = || PURE.to_vec();
    let with = |others: &[&'static str]| {
        let mut rooms = pure();
        rooms.extend(others);
        rooms
    };
    Some(match room {
        room if PURE.contains(&room) => pure(),
        // Only its settings' types: which languages there are is the survey room's.
        "config" => vec!["survey"],
        "world" => Vec::new(),
        // Documents are opaque here; a response's channel is a word of the survey room, a row of the log one of the audit room.
        "storage" => vec!["survey", "audit"],
        "mail" => vec!["storage"],
        "live" => with(&["storage"]),
        "actions" => with(&["storage", "live", "world"]),
        "jobs" => with(&["storage", "mail", "actions", "live"]),
        "web" => with(&["storage", "live", "actions", "config", "world"]),
        _ => return None,
    })
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every file of a room that is part of the program: what is compiled for tests only is left out.
fn files_of(room: &str) -> Vec<(PathBuf, String)> {
    let folder = source_folder();
    let mut read = BTreeMap::new();
    collect(&folder.join(room), &mut read);
    let single = folder.join(format!("{room}.rs"));
    if let Ok(text) = fs::read_to_string(&single) {
        read.insert(single, text);
    }
    let for_tests: Vec<PathBuf> = read
        .iter()
        .flat_map(|(path, text)| test_modules(path, text))
        .collect();
    read.into_iter()
        .filter(|(path, _)| !for_tests.iter().any(|module| path.starts_with(module)))
        .filter(|(path, _)| {
            let single = path.with_extension("");
            !for_tests.contains(&single)
        })
        .map(|(path, text)| (path, code_of(&text)))
        .collect()
}

fn collect(folder: &Path, read: &mut BTreeMap<PathBuf, String>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, read);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            read.insert(path, text);
        }
    }
}

/// The places of modules declared `#[cfg(test)] mod name;`, without their ending.
fn test_modules(path: &Path, text: &str) -> Vec<PathBuf> {
    let folder = match path.file_name().and_then(|name| name.to_str()) {
        Some("mod.rs" | "lib.rs" | "main.rs") => path.parent().unwrap().to_owned(),
        _ => path.with_extension(""),
    };
    let mut lines = text.lines().map(str::trim);
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        if line != "#[cfg(test)]" {
            continue;
        }
        let mut elsewhere = None;
        let declared = lines.find(|line| {
            let path = line.strip_prefix("#[path = \"");
            elsewhere = elsewhere.or(path.and_then(|path| path.strip_suffix(".rs\"]")));
            !line.starts_with("#[")
        });
        let name = declared
            .and_then(|line| line.split_once("mod "))
            .and_then(|(_, name)| name.strip_suffix(';'));
        found.extend(name.map(|name| match elsewhere {
            // A path stands beside the file that names it.
            Some(beside) => path.with_file_name(beside),
            None => folder.join(name),
        }));
    }
    found
}

/// The code without comments, without strings and without a closing `#[cfg(test)] mod … { … }`.
fn code_of(text: &str) -> String {
    let program = match text.find("#[cfg(test)]\nmod tests {") {
        Some(start) => &text[..start],
        None => text,
    };
    program
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The rooms that a file names after `crate::`, also in braces.
fn rooms_named(code: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (start, _) in code.match_indices("crate::") {
        if code[..start].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[start + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            named.extend(top_level_names(list));
        } else {
            named.extend(leading_name(rest));
        }
    }
    named
}

fn leading_name(text: &str) -> Option<String> {
    let name: String = text
        .trim_start()
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect();
    (!name.is_empty()).then_some(name)
}

/// The names of `a::b, c::{d, e}, f}` at its outermost level.
fn top_level_names(list: &str) -> Vec<String> {
    let (mut depth, mut item, mut names) = (0_u32, String::new(), Vec::new());
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.extend(leading_name(&std::mem::take(&mut item))),
            _ if depth == 0 => item.push(c),
            _ => {}
        }
    }
    names.extend(leading_name(&item));
    names
}

fn rooms() -> Vec<String> {
    let mut rooms: Vec<String> = fs::read_dir(source_folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .filter(|name| !matches!(name.as_str(), "lib" | "main"))
        .collect();
    rooms.sort();
    rooms
}

#[test]
fn pure_rooms_know_neither_web_nor_database_nor_clock_nor_chance() {
    let mut faults = Vec::new();
    let mut seen = 0;
    for room in PURE {
        for (path, code) in files_of(room) {
            seen += 1;
            for (number, line) in code.lines().enumerate() {
                for word in FORBIDDEN_IN_PURE {
                    let may = *word == *"std::thread" && path.ends_with(SHARES_OUT);
                    if line.contains(word) && !may {
                        faults.push(format!("{}:{}: {word}", path.display(), number + 1));
                    }
                }
            }
        }
    }
    assert!(seen > 60, "only {seen} files were read");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn imports_only_go_downhill() {
    let known = rooms();
    let mut faults = Vec::new();
    for room in &known {
        let Some(allowed) = allowed(room) else {
            assert_eq!(room, "app", "the design does not say what {room} may use");
            continue;
        };
        for (path, code) in files_of(room) {
            for other in rooms_named(&code) {
                if known.contains(&other) && other != *room && !allowed.contains(&other.as_str()) {
                    faults.push(format!("{} uses {other}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn entity_models_never_leave_storage() {
    let mut faults = Vec::new();
    for room in rooms().iter().filter(|room| *room != "storage") {
        for (path, code) in files_of(room) {
            if code.contains("entity::") || code.contains("sea_orm") || code.contains("sqlx") {
                faults.push(path.display().to_string());
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_reader_of_imports_sees_lists_and_paths() {
    let code = "use crate::{\n survey::{ids::Lang, form},\n world,\n};\nfn f() { crate::storage::x() } mycrate::web::y()";
    let named: Vec<String> = rooms_named(code).into_iter().collect();
    assert_eq!(named, ["storage", "survey", "world"]);
}
