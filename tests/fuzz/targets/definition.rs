//! Any text at all, read as a definition: refused with a reason, or read so that writing and reading it again gives the same.

#![no_main]

use have_your_say::survey::definition::Definition;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(definition) = Definition::from_yaml(text) else {
        return;
    };
    let json = definition
        .to_json()
        .expect("a definition that was read can be written");
    let again = Definition::from_json(&json).expect("a definition that was written can be read");
    assert_eq!(definition, again);
});
