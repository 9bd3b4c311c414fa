//! Samples of the audit log.

use super::{super::officers::*, officers::files, own, questions::options};

impl AuditPage {
    /// A page in the middle of a narrowed log, and an empty log.
    pub fn samples() -> Vec<Self> {
        let line = |sentence: &str| AuditLine {
            at: "2026-11-24T16:40:05Z".to_owned(),
            when: own("24 November 2026, 4:40:05pm"),
            sentence: own(sentence),
        };
        let list = |name, key| FilterList {
            name,
            key,
            options: options(&["Anybody", "Ada Byron"], Some(1)),
        };
        let chain = ChainView {
            last: own("The last seal was made at 4:40pm on Tuesday 24 November 2026."),
            waiting: own("2 rows wait for the next seal."),
            head: Some(own(&"0f".repeat(32))),
        };
        let full = Self {
            action: "/admin/audit".to_owned(),
            lists: vec![
                list("person", "audit-person"),
                list("kind", "audit-kind"),
                list("survey", "audit-survey"),
            ],
            from: "2026-11-01".to_owned(),
            to: "2026-11-24".to_owned(),
            search: own("Byron"),
            clear: Some("/admin/audit".to_owned()),
            lines: vec![
                line("Ada Byron downloaded all answers of Police and Crime Plan: 4,812 responses"),
                line("Ada Byron signed in"),
            ],
            newest: Some("/admin/audit".to_owned()),
            next: Some("/admin/audit?after=1.1".to_owned()),
            files: files(),
            chain,
        };
        let empty = Self {
            from: String::new(),
            to: String::new(),
            search: String::new(),
            clear: None,
            lines: Vec::new(),
            newest: None,
            next: None,
            chain: ChainView {
                last: own("Nothing is sealed yet."),
                waiting: own("Nothing waits for the next seal."),
                head: None,
            },
            ..full.clone()
        };
        vec![full, empty]
    }
}
