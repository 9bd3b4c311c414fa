//! The chi-square test of a weighted table: Rao and Scott's second-order correction.
//!
//! With n the base, p the r × c weighted cell shares, V their linearised covariance (with replacement, n/(n − 1), weights
//! fixed) and C the contrasts orthogonal to the main effects, the design effects are the eigenvalues of
//! Δ = (C′D⁻¹C / n)⁻¹ C′D⁻¹VD⁻¹C, D = diag(p), with 0 for 1/p in empty cells: the observed cell shares, as R's
//! survey::svychisq has it. Then F = X² / tr Δ on tr(Δ)² / tr(Δ²) and that times n − 1 degrees of freedom.
//! Source: Rao and Scott (1984), Annals of Statistics 12: 46–60; Thomas and Rao (1987), Journal of the American
//! Statistical Association 82: 630–636.
//!
//! Neither C nor Δ is ever made. On the cells that hold somebody C(C′D⁻¹C)⁻¹C′ = G = D − DX(X′DX)⁻¹X′D, where X spans the
//! main effects aᵢ + bⱼ that vanish in every empty cell, so that tr Δ = n tr(GE) and tr Δ² = n² tr(GEGE) with
//! E = D⁻¹VD⁻¹, a diagonal and two outer products. The work is quadratic in the number of cells, not cubic.
//!
//! Δ exists only where C keeps its rank on the cells that hold somebody. The empty cells are edges between rows and
//! columns; the conditions aᵢ + bⱼ = 0 are independent, and the rank is kept, exactly when these edges close no circle.
//! (Two columns empty in the same two rows are a circle of four.) That is decided by counting, without a tolerance.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, FisherSnedecor};

use super::pearson::Effect;
use crate::analysis::weights::WeightedBase;

/// The test of a weighted table. Null, where it can't be computed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct RaoScott {
    /// F = X² / tr Δ.
    pub f: Option<f64>,
    /// Degrees of freedom of the numerator, tr(Δ)² / tr(Δ²).
    pub ndf: Option<f64>,
    /// Degrees of freedom of the denominator, those times n − 1.
    pub ddf: Option<f64>,
    /// The probability of so large an F by chance.
    pub p: Option<f64>,
    /// Pearson's statistic of the weighted table scaled to the base; none with fewer than two rows or columns.
    pub x2_weighted: Option<f64>,
    /// Cramér's V of the weighted shares, without correction of its bias: √(X² / (n (min(r, c) − 1))), which is also the
    /// raw table's V where all weights are 1.
    pub cramers_v: Option<f64>,
    /// How strong that is.
    pub effect: Option<Effect>,
}

impl RaoScott {
    /// Whether it could be computed.
    #[must_use]
    pub fn is_computable(&self) -> bool {
        self.p.is_some()
    }
}

/// The test of a table of weighted cells, rows down; rows and columns of nobody are dropped first.
#[must_use]
pub fn rao_scott(cells: &[Vec<WeightedBase>]) -> RaoScott {
    let columns = cells.first().map_or(0, Vec::len);
    let holds = |cell: &WeightedBase| cell.responses > 0;
    let kept_rows: Vec<usize> = (0..cells.len())
        .filter(|row| cells[*row].iter().any(holds))
        .collect();
    let kept_columns: Vec<usize> = (0..columns)
        .filter(|column| cells.iter().any(|row| holds(&row[*column])))
        .collect();
    if kept_rows.len() < 2 || kept_columns.len() < 2 {
        return RaoScott::default();
    }
    let table: Vec<Vec<WeightedBase>> = kept_rows
        .iter()
        .map(|row| {
            kept_columns
                .iter()
                .map(|column| cells[*row][*column])
                .collect()
        })
        .collect();
    let n = f64::from(
        table
            .iter()
            .flatten()
            .map(|cell| cell.responses)
            .sum::<u32>(),
    );
    let weight: f64 = table.iter().flatten().map(|cell| cell.sum).sum();
    let x2_weighted = statistic(&table, weight) * n;
    let shorter = table.len().min(table[0].len());
    let cramers_v = (statistic(&table, weight) / (shorter - 1) as f64).sqrt();
    let untested = RaoScott {
        x2_weighted: Some(x2_weighted),
        cramers_v: Some(cramers_v),
        effect: Some(Effect::of(cramers_v, shorter)),
        ..RaoScott::default()
    };
    let Some((trace, trace_of_square)) = traces(&table, weight, n) else {
        return untested;
    };
    let (f, ndf) = (x2_weighted / trace, trace * trace / trace_of_square);
    let ddf = ndf * (n - 1.0);
    let known = [f, ndf, ddf].iter().all(|number| number.is_finite()) && ddf > 0.0;
    let Some(distribution) = FisherSnedecor::new(ndf, ddf).ok().filter(|_| known) else {
        return untested;
    };
    RaoScott {
        f: Some(f),
        ndf: Some(ndf),
        ddf: Some(ddf),
        p: Some(distribution.sf(f).clamp(0.0, 1.0)),
        ..untested
    }
}

/// Pearson's statistic of the shares, Σ (p − pᵢpⱼ)² / pᵢpⱼ.
fn statistic(table: &[Vec<WeightedBase>], weight: f64) -> f64 {
    let share = |cell: &WeightedBase| cell.sum / weight;
    let of_columns: Vec<f64> = (0..table[0].len())
        .map(|column| table.iter().map(|row| share(&row[column])).sum())
        .collect();
    let of_row = |row: &[WeightedBase]| {
        let total: f64 = row.iter().map(share).sum();
        let term = |(cell, of_column): (&WeightedBase, &f64)| {
            let expected = total * of_column;
            (share(cell) - expected).powi(2) / expected
        };
        row.iter().zip(&of_columns).map(term).sum::<f64>()
    };
    table.iter().map(|row| of_row(row)).sum()
}

/// tr Δ and tr Δ²; none, where empty cells leave Δ without its rank.
fn traces(table: &[Vec<WeightedBase>], weight: f64, n: f64) -> Option<(f64, f64)> {
    let (component, count) = components(table)?;
    let rows = table.len();
    // One component's number is fixed at nought: adding to all rows what is taken from all columns changes nothing.
    let unknowns = count - 1;
    let mut cells = Vec::new();
    for (row, of_row) in table.iter().enumerate() {
        for (column, cell) in of_row
            .iter()
            .enumerate()
            .filter(|(_, cell)| cell.responses > 0)
        {
            let p = cell.sum / weight;
            cells.push(Cell {
                p,
                e: cell.squares / (weight * weight) / (p * p),
                plus: component[row],
                minus: component[rows + column],
            });
        }
    }
    let inverse = inverse(&gram(&cells, unknowns), unknowns)?;
    let h = |one: &Cell, other: &Cell| {
        let f = |a: usize, b: usize| {
            if a < unknowns && b < unknowns {
                inverse[a * unknowns + b]
            } else {
                0.0
            }
        };
        f(one.plus, other.plus) - f(one.plus, other.minus) - f(one.minus, other.plus)
            + f(one.minus, other.minus)
    };
    // Of E = K (diag e − f 1′ − 1 f′ + Q 11′), f = e p: the parts G meets.
    let total: f64 = cells.iter().map(|cell| cell.e * cell.p * cell.p).sum();
    let f: Vec<f64> = cells.iter().map(|cell| cell.e * cell.p).collect();
    let k: Vec<f64> = f.iter().map(|f| f - total).collect();
    let (mut trace, mut square) = (0.0, 0.0);
    let (mut g, mut hf) = (vec![0.0; cells.len()], vec![0.0; cells.len()]);
    let mut by_row = vec![0.0; cells.len()];
    for (i, one) in cells.iter().enumerate() {
        for (j, other) in cells.iter().enumerate() {
            let own = if i == j { one.p } else { 0.0 };
            by_row[j] = own - one.p * other.p * h(one, other);
        }
        trace += by_row[i] * one.e;
        for (j, other) in cells.iter().enumerate() {
            square += by_row[j] * by_row[j] * one.e * other.e;
            g[i] += by_row[j];
            hf[i] += by_row[j] * f[j];
        }
    }
    let sum = |terms: &mut dyn Iterator<Item = f64>| terms.sum::<f64>();
    let sum_g = sum(&mut g.iter().copied());
    let sum_h = sum(&mut hf.iter().copied());
    let kg = sum(&mut k.iter().zip(&g).map(|(k, g)| k * g));
    let kh = sum(&mut k.iter().zip(&hf).map(|(k, h)| k * h));
    // 1′A h with A = G diag(e): G is symmetric, so that is Σ g e h; and k′A g = (Gk)′ (e g), Gk = h − Q g.
    let ones_a_h = sum(&mut cells
        .iter()
        .zip(g.iter().zip(&hf))
        .map(|(cell, (g, h))| g * cell.e * h));
    let k_a_g = sum(&mut cells
        .iter()
        .zip(g.iter().zip(&hf))
        .map(|(cell, (g, h))| (h - total * g) * cell.e * g));
    let whole = trace - sum_h - kg;
    let whole_square =
        square - 2.0 * ones_a_h - 2.0 * k_a_g + sum_h * sum_h + 2.0 * sum_g * kh + kg * kg;
    let scale = n * n / (n - 1.0);
    Some((scale * whole, scale * scale * whole_square))
}

/// A cell that holds somebody.
struct Cell {
    /// Its weighted share.
    p: f64,
    /// Its own term of D⁻¹VD⁻¹: Σw² / (W² p²).
    e: f64,
    /// The component whose number its row has.
    plus: usize,
    /// The component whose number its column has, with the other sign.
    minus: usize,
}

/// Rows and columns put together where an empty cell ties them; none, where the empty cells close a circle. A row has
/// its component's number, and a column the same with the other sign.
fn components(table: &[Vec<WeightedBase>]) -> Option<(Vec<usize>, usize)> {
    fn root(parents: &[usize], mut place: usize) -> usize {
        while parents[place] != place {
            place = parents[place];
        }
        place
    }
    let rows = table.len();
    let mut parents: Vec<usize> = (0..rows + table[0].len()).collect();
    for (row, of_row) in table.iter().enumerate() {
        for (column, _) in of_row
            .iter()
            .enumerate()
            .filter(|(_, cell)| cell.responses == 0)
        {
            let (one, other) = (root(&parents, row), root(&parents, rows + column));
            if one == other {
                return None;
            }
            parents[one] = other;
        }
    }
    let roots: Vec<usize> = (0..parents.len())
        .filter(|place| parents[*place] == *place)
        .collect();
    let number = |place: usize| {
        roots
            .iter()
            .position(|known| *known == root(&parents, place))
    };
    let component: Vec<usize> = (0..parents.len()).filter_map(number).collect();
    Some((component, roots.len()))
}

/// X′DX.
fn gram(cells: &[Cell], unknowns: usize) -> Vec<f64> {
    let mut gram = vec![0.0; unknowns * unknowns];
    for cell in cells.iter().filter(|cell| cell.plus != cell.minus) {
        for (one, sign) in [(cell.plus, 1.0), (cell.minus, -1.0)] {
            for (other, sign_of_other) in [(cell.plus, 1.0), (cell.minus, -1.0)] {
                if one < unknowns && other < unknowns {
                    gram[one * unknowns + other] += cell.p * sign * sign_of_other;
                }
            }
        }
    }
    gram
}

/// The inverse of a positive definite matrix by Cholesky's decomposition; none, where it isn't one.
fn inverse(matrix: &[f64], size: usize) -> Option<Vec<f64>> {
    let mut lower = matrix.to_vec();
    for i in 0..size {
        for j in 0..=i {
            let dot: f64 = (0..j)
                .map(|k| lower[i * size + k] * lower[j * size + k])
                .sum();
            let left = matrix[i * size + j] - dot;
            if i == j {
                if left <= 0.0 || !left.is_finite() {
                    return None;
                }
                lower[i * size + i] = left.sqrt();
            } else {
                lower[i * size + j] = left / lower[j * size + j];
            }
        }
    }
    let mut inverse = vec![0.0; size * size];
    let mut solved = vec![0.0; size];
    for column in 0..size {
        for i in 0..size {
            let dot: f64 = (0..i).map(|k| lower[i * size + k] * solved[k]).sum();
            let unit = if i == column { 1.0 } else { 0.0 };
            solved[i] = (unit - dot) / lower[i * size + i];
        }
        for i in (0..size).rev() {
            let dot: f64 = (i + 1..size).map(|k| lower[k * size + i] * solved[k]).sum();
            solved[i] = (solved[i] - dot) / lower[i * size + i];
        }
        for (row, value) in solved.iter().enumerate() {
            inverse[row * size + column] = *value;
        }
    }
    Some(inverse)
}
