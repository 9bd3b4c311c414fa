//! How wide a text will be, nearly: a server has no fonts to measure with.

/// Width of a text at a font size, by the widths of the wider system fonts: rather too wide than too narrow.
pub(super) fn width(text: &str, size: f32, is_bold: bool) -> f32 {
    let ems: f32 = text.chars().map(ems).sum();
    ems * size * if is_bold { 1.12 } else { 1.0 }
}

fn ems(c: char) -> f32 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' => 0.29,
        ' ' | 'I' | '(' | ')' | '-' | '[' | ']' => 0.34,
        'f' | 't' | '/' => 0.38,
        'r' => 0.43,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' => 0.54,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' => 0.94,
        c if c.is_uppercase() => 0.7,
        c if c.is_ascii() => 0.62,
        // Letters of other scripts may be as wide as they are high.
        c if u32::from(c) > 0x2e80 => 1.0,
        _ => 0.64,
    }
}

/// Breaks a text at spaces into lines no wider than `limit`; a word that is wider has its own line.
pub(super) fn wrap(text: &str, size: f32, is_bold: bool, limit: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size, is_bold) <= limit => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces() {
        let limit = width("women and girls", 14.0, false);
        let lines = wrap("Violence against women and girls", 14.0, false, limit);
        assert_eq!(lines, ["Violence against", "women and girls"]);
        assert_eq!(wrap("Unbreakable", 14.0, false, 10.0), ["Unbreakable"]);
        assert_eq!(wrap("", 14.0, false, 10.0), Vec::<String>::new());
    }
}
