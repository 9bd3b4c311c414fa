//! Samples of erasing a response.

use super::{super::officers::*, officers::head, own, questions::wrong};

impl ErasePage {
    /// The form, a slip in the reference, what will go, and done.
    pub fn samples() -> Vec<Self> {
        let page = Self {
            head: head(""),
            action: "/admin/surveys/plan/erase".to_owned(),
            reference: String::new(),
            error: None,
            errors: Vec::new(),
            confirm: None,
            done: false,
        };
        let slip = "Check the reference";
        let fact = |key, value: &str| EraseFact {
            key,
            value: own(value),
        };
        vec![
            page.clone(),
            Self {
                reference: own("YFV4"),
                error: Some(own(slip)),
                errors: vec![wrong("reference", slip)],
                ..page.clone()
            },
            Self {
                reference: own("YFV4-X5BK"),
                confirm: Some(EraseConfirm {
                    facts: vec![
                        fact("erase-reference", "YFV4-X5BK"),
                        fact("erase-texts", "3 texts"),
                    ],
                    cancel: "/admin/surveys/plan/erase".to_owned(),
                }),
                ..page.clone()
            },
            Self { done: true, ..page },
        ]
    }
}
