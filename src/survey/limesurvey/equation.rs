//! LimeSurvey's relevance equations: the part of ExpressionScript that compares answers and joins comparisons.
//!
//! ```text
//! any     = all { ("or" | "||") all }
//! all     = not { ("and" | "&&") not }
//! not     = ("!" | "not") not | "is_empty" "(" name ")" | "(" any ")" | operand [ compare operand ]
//! compare = "==" | "eq" | "!=" | "ne" | "<" | "lt" | "<=" | "le" | ">" | "gt" | ">=" | "ge"
//! operand = name | number | string
//! ```
//!
//! A name may end in `.NAOK` or `.code`. Anything else is not understood, and said so.

use super::Why;

/// The most bytes of an equation.
const MOST_BYTES: usize = 4_000;
/// How deep brackets and `not` may be nested.
const MOST_DEPTH: usize = 12;

/// An equation.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Equation {
    /// All hold.
    All(Vec<Equation>),
    /// At least one holds.
    Any(Vec<Equation>),
    /// It does not hold.
    Not(Box<Equation>),
    /// The answer is empty.
    Empty(String),
    /// An answer beside a value.
    Compare(String, Compare, String),
    /// It always holds, or never does.
    Constant(bool),
}

/// How an answer is compared with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compare {
    /// Equal.
    Is,
    /// Not equal.
    IsNot,
    /// Less.
    Below,
    /// Less or equal.
    AtMost,
    /// Greater.
    Above,
    /// Greater or equal.
    AtLeast,
}

impl Compare {
    /// The same with its sides exchanged.
    fn turned(self) -> Self {
        match self {
            Self::Below => Self::Above,
            Self::AtMost => Self::AtLeast,
            Self::Above => Self::Below,
            Self::AtLeast => Self::AtMost,
            same => same,
        }
    }

    /// A comparison by LimeSurvey's sign or word.
    pub(super) fn named(sign: &str) -> Option<Self> {
        Some(match sign {
            "==" | "eq" => Self::Is,
            "!=" | "ne" => Self::IsNot,
            "<" | "lt" => Self::Below,
            "<=" | "le" => Self::AtMost,
            ">" | "gt" => Self::Above,
            ">=" | "ge" => Self::AtLeast,
            _ => return None,
        })
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Name(String),
    Number(String),
    Words(String),
    Compare(Compare),
    And,
    Or,
    Not,
    Open,
    Close,
    Comma,
}

/// Reads an equation.
///
/// # Errors
/// [`Why`] it is not understood.
pub(super) fn parse(text: &str) -> Result<Equation, Why> {
    if text.len() > MOST_BYTES {
        return Err(Why::TooMuch);
    }
    let mut parser = Parser {
        tokens: tokens(text)?,
        at: 0,
        depth: 0,
    };
    let equation = parser.any()?;
    if parser.at == parser.tokens.len() {
        Ok(equation)
    } else {
        Err(Why::Broken)
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, Why> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next() {
        let (token, length) = match c {
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            ',' => (Token::Comma, 1),
            '"' | '\'' => string(rest, c)?,
            '&' if rest.starts_with("&&") => (Token::And, 2),
            '|' if rest.starts_with("||") => (Token::Or, 2),
            '!' if !rest.starts_with("!=") => (Token::Not, 1),
            '=' | '!' | '<' | '>' => {
                let length = if rest[1..].starts_with('=') { 2 } else { 1 };
                let sign = Compare::named(&rest[..length]).ok_or(Why::Character(c))?;
                (Token::Compare(sign), length)
            }
            '-' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => word(rest, 1),
            c if c.is_ascii_alphanumeric() || c == '_' => word(rest, 0),
            c => return Err(Why::Character(c)),
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

/// A string to its closing quote; a backslash keeps a quote inside it.
fn string(rest: &str, quote: char) -> Result<(Token, usize), Why> {
    let mut words = String::new();
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            c if escaped => {
                words.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            c if c == quote => return Ok((Token::Words(words), at + 1)),
            c => words.push(c),
        }
    }
    Err(Why::Broken)
}

fn word(rest: &str, sign: usize) -> (Token, usize) {
    let end = rest[sign..]
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))
        .map_or(rest.len(), |end| end + sign);
    let word = &rest[..end];
    let token = match word.to_ascii_lowercase().as_str() {
        "and" => Token::And,
        "or" => Token::Or,
        "not" => Token::Not,
        lower => match Compare::named(lower) {
            Some(sign) => Token::Compare(sign),
            None if word
                .chars()
                .all(|c| c.is_ascii_digit() || c == '.' || c == '-') =>
            {
                Token::Number(word.to_owned())
            }
            None => Token::Name(word.to_owned()),
        },
    };
    (token, end)
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

enum Operand {
    Name(String),
    Value(String),
}

impl Parser {
    fn takes(&mut self, wanted: &Token) -> bool {
        let there = self.tokens.get(self.at) == Some(wanted);
        self.at += usize::from(there);
        there
    }

    fn any(&mut self) -> Result<Equation, Why> {
        let mut parts = vec![self.all()?];
        while self.takes(&Token::Or) {
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Equation::Any))
    }

    fn all(&mut self) -> Result<Equation, Why> {
        let mut parts = vec![self.not()?];
        while self.takes(&Token::And) {
            parts.push(self.not()?);
        }
        Ok(one_or(parts, Equation::All))
    }

    fn not(&mut self) -> Result<Equation, Why> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(Why::TooMuch);
        }
        let equation = if self.takes(&Token::Not) {
            Equation::Not(Box::new(self.not()?))
        } else if self.takes(&Token::Open) {
            let inside = self.any()?;
            if !self.takes(&Token::Close) {
                return Err(Why::Broken);
            }
            // A sum or a further comparison of what stands in brackets is not understood.
            inside
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(equation)
    }

    fn comparison(&mut self) -> Result<Equation, Why> {
        let left = self.operand()?;
        if self.tokens.get(self.at) == Some(&Token::Open) {
            return self.function(left);
        }
        let Some(Token::Compare(sign)) = self.tokens.get(self.at).cloned() else {
            return match left {
                Operand::Value(value) => Ok(Equation::Constant(!["", "0"].contains(&&*value))),
                Operand::Name(name) => Err(Why::Comparison(name)),
            };
        };
        self.at += 1;
        match (left, self.operand()?) {
            (Operand::Name(name), Operand::Value(value)) => {
                Ok(Equation::Compare(name, sign, value))
            }
            (Operand::Value(value), Operand::Name(name)) => {
                Ok(Equation::Compare(name, sign.turned(), value))
            }
            (Operand::Name(name), Operand::Name(_)) => Err(Why::Comparison(name)),
            (Operand::Value(value), Operand::Value(_)) => Err(Why::Comparison(value)),
        }
    }

    fn function(&mut self, called: Operand) -> Result<Equation, Why> {
        let (Operand::Name(name) | Operand::Value(name)) = called;
        self.at += 1;
        if name != "is_empty" {
            return Err(Why::Function(name));
        }
        match self.operand()? {
            Operand::Name(name) if self.takes(&Token::Close) => Ok(Equation::Empty(name)),
            _ => Err(Why::Broken),
        }
    }

    fn operand(&mut self) -> Result<Operand, Why> {
        let operand = match self.tokens.get(self.at) {
            Some(Token::Name(name)) => {
                let bare = name.strip_suffix(".NAOK").or(name.strip_suffix(".code"));
                Operand::Name(bare.unwrap_or(name).to_owned())
            }
            Some(Token::Number(value) | Token::Words(value)) => Operand::Value(value.clone()),
            _ => return Err(Why::Broken),
        };
        self.at += 1;
        Ok(operand)
    }
}

fn one_or(mut parts: Vec<Equation>, join: fn(Vec<Equation>) -> Equation) -> Equation {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            join(parts)
        }
        None => join(parts),
    }
}
