//! Comparing anything with anything: what stands on the page.

use serde::Serialize;

use super::{
    compare_view::{CompareView, Show},
    snapshot::Snapshot,
    variables::{comparable, is_sensitive, is_tick, may_be_several},
};
use crate::{
    analysis::{
        crosstab::{Crosstab, crosstab},
        filter::Selection,
        variable::{Variable, VariableKey},
        weights::Weights,
    },
    geography::Grouping,
    survey::definition::Definition,
};

/// One variable down, and each banner across.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompareOutcome {
    /// What is down; none, where the survey has nothing that can be.
    pub row: Option<VariableKey>,
    /// What is across.
    pub by: Vec<VariableKey>,
    /// What the cells show on the page.
    pub show: Show,
    /// A crosstab for each banner.
    pub tables: Vec<Crosstab>,
}

pub(super) fn compare(
    view: &CompareView,
    snapshot: &Snapshot,
    selection: &Selection,
    weights: Option<&Weights>,
) -> CompareOutcome {
    let definition = &snapshot.definition;
    let row = view
        .row
        .clone()
        .or_else(|| default_row(definition, &view.by));
    let by = if view.by.is_empty() {
        default_banner(definition, row.as_ref())
            .into_iter()
            .collect()
    } else {
        view.by.clone()
    };
    let found = row
        .as_ref()
        .and_then(|row| Variable::find(&snapshot.dataset, row));
    let table = |row: &Variable, by: &VariableKey| {
        let column = Variable::find(&snapshot.dataset, by)?;
        Some(crosstab(
            &snapshot.dataset,
            selection,
            row,
            &column,
            weights,
        ))
    };
    let tables = found
        .iter()
        .flat_map(|row| by.iter().filter_map(move |by| table(row, by)));
    CompareOutcome {
        tables: tables.collect(),
        row,
        by,
        show: view.show,
    }
}

/// The first question that anybody may see and that is no role: what the page opens with.
fn default_row(definition: &Definition, by: &[VariableKey]) -> Option<VariableKey> {
    let roles = &definition.roles;
    let is_own = |key: &VariableKey| {
        let roles = [&roles.area, &roles.age, &roles.sex];
        let question = key.question();
        question.is_some() && roles.into_iter().all(|role| role.as_ref() != question)
    };
    let open = comparable(definition).into_iter().filter(|key| {
        !is_sensitive(definition, key) && !is_tick(definition, key) && !by.contains(key)
    });
    let open: Vec<VariableKey> = open.collect();
    open.iter()
        .find(|key| is_own(key))
        .or(open.first())
        .cloned()
}

fn default_banner(definition: &Definition, row: Option<&VariableKey>) -> Option<VariableKey> {
    let usual = [
        VariableKey::Areas(Grouping::PolicingArea),
        VariableKey::Age,
        VariableKey::Sex,
        VariableKey::Channel,
    ];
    let all = comparable(definition);
    let fits = |key: &VariableKey| {
        all.contains(key)
            && Some(key) != row
            && !may_be_several(definition, key)
            && !is_sensitive(definition, key)
    };
    usual.into_iter().find(fits)
}
