//! Sample values of every page: the tests render them, and a designer looks at them.

mod audit;
mod compare;
mod editor;
mod erase;
mod frozen;
mod officers;
mod people;
mod profiles;
mod questions;
mod residents;
mod themes;
mod who;

use super::ContactView;

/// A word of a sample: what authors, residents and settings supply, never a text of the interface. Marked, so that the
/// pseudo-language test can tell them from words that were left in a template.
fn own(words: &str) -> String {
    format!("⟦{words}⟧")
}

fn contact() -> ContactView {
    ContactView {
        email: Some("engagement@example.org".to_owned()),
        phone: Some("01245 000 000".to_owned()),
        phone_link: Some("01245000000".to_owned()),
        address: Some(own("Example House\nChelmsford")),
    }
}
