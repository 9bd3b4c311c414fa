//! Rules about one condition: what it refers to is there, comes before, and can be compared like that.

use super::{Findings, LintContext, Located, Spot, pages};
use crate::survey::{
    condition::{Bounds, Condition, Membership},
    definition::{Definition, Kind, OUTSIDE, Question},
    ids::{Code, QuestionKey},
};

struct Check<'a> {
    all: &'a [Located<'a>],
    /// How many questions, from the first, come before the condition.
    before: usize,
    context: &'a LintContext<'a>,
    findings: &'a mut Findings,
}

pub(super) fn lint(
    definition: &Definition,
    located: &[Located<'_>],
    context: &LintContext<'_>,
    findings: &mut Findings,
) {
    for (index, (spot, page)) in pages(definition).into_iter().enumerate() {
        if let Some(condition) = &page.show_when {
            let before = located.partition_point(|entry| entry.page_index < index);
            let mut check = Check {
                all: located,
                before,
                context,
                findings,
            };
            check.condition(condition, &spot.at("show_when"));
        }
    }
    for (before, entry) in located.iter().enumerate() {
        if let Some(condition) = &entry.question.show_when {
            let mut check = Check {
                all: located,
                before,
                context,
                findings,
            };
            check.condition(condition, &entry.spot.at("show_when"));
        }
    }
    // A check looks at the whole of a response: every question comes before it.
    for (index, rule) in definition.checks.iter().enumerate() {
        let mut check = Check {
            all: located,
            before: located.len(),
            context,
            findings,
        };
        let spot = Spot::new(format!("checks[{index}]")).named(&rule.code);
        check.condition(&rule.never, &spot.at("never"));
    }
}

impl<'a> Check<'a> {
    fn condition(&mut self, condition: &Condition, spot: &Spot) {
        match condition {
            Condition::All(parts) => {
                if parts.is_empty() {
                    self.findings.warning(
                        spot,
                        "`all` of nothing always holds",
                        "add conditions or leave it out",
                    );
                }
                for (index, part) in parts.iter().enumerate() {
                    self.condition(part, &spot.at(format!("all[{index}]")));
                }
            }
            Condition::Any(parts) => {
                if parts.is_empty() {
                    self.findings
                        .error(spot, "`any` of nothing never holds", "add conditions");
                }
                for (index, part) in parts.iter().enumerate() {
                    self.condition(part, &spot.at(format!("any[{index}]")));
                }
            }
            Condition::Not(part) => self.condition(part, &spot.at("not")),
            Condition::Answered(key) => {
                let spot = spot.at("answered");
                if let Some(question) = self.earlier(key, &spot)
                    && !question.asks()
                {
                    self.findings.error(
                        &spot,
                        format!("`{key}` is information and is never answered"),
                        "name a question that asks something",
                    );
                }
            }
            Condition::Is(membership) => self.membership(membership, &spot.at("is")),
            Condition::Number(bounds) => self.bounds(bounds, &spot.at("number")),
        }
    }

    /// The question, if it is there and comes before.
    fn earlier(&mut self, key: &QuestionKey, spot: &Spot) -> Option<&'a Question> {
        let Some(at) = self.all.iter().position(|entry| entry.question.key == *key) else {
            self.findings.error(
                spot,
                format!("there is no question `{key}`"),
                "name a question of this survey",
            );
            return None;
        };
        if at >= self.before {
            self.findings.error(
                spot,
                format!("`{key}` is not asked before this"),
                "move it to an earlier page, or name an earlier question",
            );
            return None;
        }
        Some(self.all[at].question)
    }

    fn membership(&mut self, membership: &Membership, spot: &Spot) {
        let key = &membership.question;
        if membership.any_of.is_empty() {
            self.findings.error(
                &spot.at("any_of"),
                "no code is given, so it never holds",
                "name the codes",
            );
        }
        let Some(question) = self.earlier(key, spot) else {
            return;
        };
        match (&question.kind, &membership.row) {
            (Kind::Grid { rows, .. }, Some(row)) if rows.iter().all(|known| known.code != *row) => {
                self.findings.error(
                    &spot.at("row"),
                    format!("the grid `{key}` has no row `{row}`"),
                    "name one of its rows",
                );
            }
            (Kind::Grid { .. }, None) => self.findings.error(
                spot,
                format!("`{key}` is a grid, and no row is named"),
                "add `row`",
            ),
            (Kind::Grid { .. }, Some(_)) | (_, None) => {}
            (_, Some(_)) => self.findings.error(
                &spot.at("row"),
                format!("`{key}` is not a grid and has no rows"),
                "remove `row`",
            ),
        }
        for code in &membership.any_of {
            self.code(question, code, spot);
        }
    }

    fn code(&mut self, question: &Question, code: &Code, spot: &Spot) {
        let key = &question.key;
        let known = match &question.kind {
            Kind::Single { .. }
            | Kind::Multiple { .. }
            | Kind::Grid { .. }
            | Kind::Ranking { .. } => question.choice(code).is_some(),
            Kind::Postcode { outside } | Kind::Area { outside } => {
                (self.context.is_area)(code) || (outside.is_some() && code.as_str() == OUTSIDE)
            }
            kind => {
                let spot = spot.to_owned();
                self.findings.error(
                    &spot,
                    format!(
                        "`{key}` is of kind {} and has no codes to compare with",
                        kind.name()
                    ),
                    match kind {
                        Kind::Number { .. } | Kind::Scale { .. } | Kind::Budget { .. } => {
                            "use `number`"
                        }
                        _ => "use `answered`",
                    },
                );
                return;
            }
        };
        if !known {
            self.findings.error(
                &spot.at("any_of"),
                format!("`{key}` has no code `{code}`"),
                "name one of its codes",
            );
        }
    }

    fn bounds(&mut self, bounds: &Bounds, spot: &Spot) {
        let key = &bounds.question;
        match (bounds.at_least, bounds.at_most) {
            (None, None) => self.findings.error(
                spot,
                "no bound is given",
                "add `at_least`, `at_most` or both",
            ),
            (Some(least), Some(most)) if least > most => self.findings.error(
                spot,
                format!("no number is at least {least} and at most {most}"),
                "exchange them or mend one",
            ),
            _ => {}
        }
        let Some(question) = self.earlier(key, spot) else {
            return;
        };
        match (&question.kind, &bounds.item) {
            (Kind::Budget { items, .. }, Some(item))
                if items.iter().all(|known| known.code != *item) =>
            {
                self.findings.error(
                    &spot.at("item"),
                    format!("the budget `{key}` has no item `{item}`"),
                    "name one of its items",
                );
            }
            (Kind::Budget { .. }, None) => self.findings.error(
                spot,
                format!("`{key}` is a budget, and no item is named"),
                "add `item`",
            ),
            (Kind::Budget { .. }, Some(_)) | (Kind::Number { .. } | Kind::Scale { .. }, None) => {}
            (Kind::Number { .. } | Kind::Scale { .. }, Some(_)) => self.findings.error(
                &spot.at("item"),
                format!("`{key}` is not a budget and has no items"),
                "remove `item`",
            ),
            (kind, _) => self.findings.error(
                spot,
                format!("`{key}` is of kind {} and gives no number", kind.name()),
                "name a number, a scale or a budget, or use `is`",
            ),
        }
    }
}
