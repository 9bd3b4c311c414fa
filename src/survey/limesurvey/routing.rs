//! Equations and the older conditions as conditions of a definition.

use std::collections::BTreeMap;

use super::{
    Why,
    equation::{Compare, Equation},
    report::shortened,
    variables::{Answer, Variable, Variables},
    xml::{Row, cell},
};
use crate::survey::{
    condition::{Bounds, Condition, Membership},
    ids::Code,
};

/// Numbers beyond this are not whole numbers to a computer's fractions any more.
const MOST_NUMBER: f64 = 9e15;

/// What an equation comes to: always, never, or a condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Route {
    /// It always holds.
    Always,
    /// It never holds.
    Never,
    /// It holds when this does.
    When(Condition),
}

/// An equation as a route.
///
/// # Errors
/// [`Why`] it has no counterpart.
pub(super) fn route(equation: &Equation, variables: &Variables) -> Result<Route, Why> {
    Ok(match equation {
        Equation::Constant(true) => Route::Always,
        Equation::Constant(false) => Route::Never,
        Equation::All(parts) => all(routes(parts, variables)?),
        Equation::Any(parts) => any(routes(parts, variables)?),
        Equation::Not(part) => not(route(part, variables)?),
        Equation::Empty(name) => Route::When(empty(find(name, variables)?)),
        Equation::Compare(name, sign, value) => {
            Route::When(compare(name, find(name, variables)?, *sign, value)?)
        }
    })
}

fn routes(parts: &[Equation], variables: &Variables) -> Result<Vec<Route>, Why> {
    parts.iter().map(|part| route(part, variables)).collect()
}

fn find<'a>(name: &str, variables: &'a Variables) -> Result<&'a Variable, Why> {
    variables
        .get(name)
        .ok_or_else(|| Why::Unknown(shortened(name)))
}

fn all(parts: Vec<Route>) -> Route {
    join(parts, &Route::Always, &Route::Never, Condition::All)
}

fn any(parts: Vec<Route>) -> Route {
    join(parts, &Route::Never, &Route::Always, Condition::Any)
}

/// Joins parts; `nothing` says nothing in this join, and `whole` decides it.
fn join(
    parts: Vec<Route>,
    nothing: &Route,
    whole: &Route,
    joined: fn(Vec<Condition>) -> Condition,
) -> Route {
    let mut conditions = Vec::new();
    for part in parts {
        match part {
            part if part == *nothing => {}
            part if part == *whole => return part,
            Route::When(condition) => conditions.push(condition),
            Route::Always | Route::Never => {}
        }
    }
    if conditions.len() > 1 {
        return Route::When(joined(conditions));
    }
    conditions
        .pop()
        .map_or_else(|| nothing.clone(), Route::When)
}

fn not(route: Route) -> Route {
    match route {
        Route::Always => Route::Never,
        Route::Never => Route::Always,
        Route::When(condition) => Route::When(negated(condition)),
    }
}

fn negated(condition: Condition) -> Condition {
    match condition {
        Condition::Not(inside) => *inside,
        other => Condition::Not(Box::new(other)),
    }
}

fn is(variable: &Variable, row: Option<&Code>, any_of: Vec<Code>) -> Condition {
    Condition::Is(Membership {
        question: variable.question.clone(),
        row: row.cloned(),
        any_of,
    })
}

/// "The answer is empty."
fn empty(variable: &Variable) -> Condition {
    let given = match &variable.answer {
        Answer::Ticked(code) => is(variable, None, vec![code.clone()]),
        Answer::Codes {
            row: Some(row),
            codes,
        } => {
            let codes = codes.iter().map(|(_, code)| code.clone()).collect();
            is(variable, Some(row), codes)
        }
        Answer::Codes { row: None, .. } | Answer::Number { .. } | Answer::Words => {
            Condition::Answered(variable.question.clone())
        }
    };
    negated(given)
}

fn compare(name: &str, variable: &Variable, sign: Compare, value: &str) -> Result<Condition, Why> {
    let refused = || Why::Comparison(shortened(name));
    if value.trim().is_empty() {
        return match sign {
            Compare::Is => Ok(empty(variable)),
            Compare::IsNot => Ok(negated(empty(variable))),
            _ => Err(refused()),
        };
    }
    match &variable.answer {
        Answer::Ticked(code) => {
            let ticked = is(variable, None, vec![code.clone()]);
            match (sign, value) {
                (Compare::Is, "Y") => Ok(ticked),
                (Compare::IsNot, "Y") => Ok(negated(ticked)),
                _ => Err(refused()),
            }
        }
        Answer::Codes { row, codes } => {
            let found = chosen(name, codes, sign, value)?;
            let condition = is(variable, row.as_ref(), found);
            Ok(if sign == Compare::IsNot {
                negated(condition)
            } else {
                condition
            })
        }
        Answer::Number { item } => {
            let number = value.parse::<f64>().map_err(|_| refused())?;
            numbered(variable, item.as_ref(), sign, number).ok_or_else(refused)
        }
        Answer::Words => Err(refused()),
    }
}

/// The codes meant: one that is equal, or all numbers on one side of a number.
fn chosen(
    name: &str,
    codes: &[(String, Code)],
    sign: Compare,
    value: &str,
) -> Result<Vec<Code>, Why> {
    if matches!(sign, Compare::Is | Compare::IsNot) {
        let found = codes.iter().find(|(theirs, _)| theirs == value);
        let code = found.map(|(_, code)| vec![code.clone()]);
        return code.ok_or_else(|| Why::Code {
            name: shortened(name),
            code: shortened(value),
        });
    }
    let refused = || Why::Comparison(shortened(name));
    let limit = value.parse::<f64>().map_err(|_| refused())?;
    let mut found = Vec::new();
    for (theirs, code) in codes {
        let number = theirs.parse::<f64>().map_err(|_| refused())?;
        let holds = match sign {
            Compare::Below => number < limit,
            Compare::AtMost => number <= limit,
            Compare::Above => number > limit,
            _ => number >= limit,
        };
        if holds {
            found.push(code.clone());
        }
    }
    if found.is_empty() {
        Err(refused())
    } else {
        Ok(found)
    }
}

/// Bounds of whole numbers that say the same as a comparison with any number.
fn numbered(
    variable: &Variable,
    item: Option<&Code>,
    sign: Compare,
    number: f64,
) -> Option<Condition> {
    if !number.is_finite() || number.abs() > MOST_NUMBER {
        return None;
    }
    // Whole and small enough: the conversion loses nothing.
    #[allow(clippy::cast_possible_truncation)]
    let whole = |number: f64| number as i64;
    let (least, most) = match sign {
        Compare::Is | Compare::IsNot if number.fract() != 0.0 => return None,
        Compare::Is | Compare::IsNot => (Some(whole(number)), Some(whole(number))),
        Compare::Below => (None, Some(whole(number.ceil()) - 1)),
        Compare::AtMost => (None, Some(whole(number.floor()))),
        Compare::Above => (Some(whole(number.floor()) + 1), None),
        Compare::AtLeast => (Some(whole(number.ceil())), None),
    };
    let condition = Condition::Number(Bounds {
        question: variable.question.clone(),
        item: item.cloned(),
        at_least: least,
        at_most: most,
    });
    Some(if sign == Compare::IsNot {
        negated(condition)
    } else {
        condition
    })
}

/// The older conditions of a question: any scenario must hold; in one, each question must meet any of its rows.
///
/// # Errors
/// [`Why`] they have no counterpart.
pub(super) fn of_conditions(rows: &[Row], variables: &Variables) -> Result<Route, Why> {
    let mut scenarios: BTreeMap<&str, BTreeMap<&str, Vec<Route>>> = BTreeMap::new();
    for row in rows {
        let parts = scenarios.entry(cell(row, "scenario")).or_default();
        let route = of_row(row, variables)?;
        parts
            .entry(cell(row, "cfieldname"))
            .or_default()
            .push(route);
    }
    let scenarios = scenarios.into_values();
    Ok(any(scenarios
        .map(|parts| all(parts.into_values().map(any).collect()))
        .collect()))
}

fn of_row(row: &Row, variables: &Variables) -> Result<Route, Why> {
    let name = cell(row, "cfieldname").trim_start_matches('+');
    let (method, value) = (cell(row, "method"), cell(row, "value"));
    let sign = match method {
        // LimeSurvey 1 wrote none.
        "" => Compare::Is,
        method => Compare::named(method).ok_or_else(|| Why::Function(shortened(method)))?,
    };
    if let Some(variable) = variables.get(name) {
        return Ok(Route::When(compare(name, variable, sign, value)?));
    }
    // A multiple choice may be named as a whole, with the choice as the value.
    let choice = format!("{name}{value}");
    match variables.get(&choice) {
        Some(variable) if matches!(variable.answer, Answer::Ticked(_)) => {
            Ok(Route::When(compare(&choice, variable, sign, "Y")?))
        }
        _ => Err(Why::Unknown(shortened(name))),
    }
}
