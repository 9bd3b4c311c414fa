//! The Markdown that authors may write: paragraphs, `- ` lists, `**bold**` and links; nothing else means anything.
//!
//! Whatever is not one of these is shown as it was typed, escaped. A backslash before `\ * [ ] ( ) -` takes that
//! character's meaning away; [`literal`] uses this for words that are not the author's.

/// Markdown to HTML blocks with the design system's classes.
#[must_use]
pub fn to_html(markdown: &str) -> String {
    let mut html = String::with_capacity(markdown.len() * 5 / 4);
    for block in blocks(markdown) {
        match block {
            Block::Paragraph(words) => {
                html.push_str("<p class=\"govuk-body\">");
                push_html(&mut html, &inline(&words, MARKS));
                html.push_str("</p>\n");
            }
            Block::List(items) => {
                html.push_str("<ul class=\"govuk-list govuk-list--bullet\">\n");
                for item in items {
                    html.push_str("<li>");
                    push_html(&mut html, &inline(&item, MARKS));
                    html.push_str("</li>\n");
                }
                html.push_str("</ul>\n");
            }
        }
    }
    html
}

/// Bold and links to HTML, without a paragraph around it: for hints and the like.
#[must_use]
pub fn inline_html(markdown: &str) -> String {
    let mut html = String::with_capacity(markdown.len());
    push_html(&mut html, &inline(&one_line(markdown), MARKS));
    html
}

/// Markdown to plain text, for mail and lists: a link's target follows it in brackets.
#[must_use]
pub fn to_plain(markdown: &str) -> String {
    let mut blocks_as_text = Vec::new();
    for block in blocks(markdown) {
        let mut plain = String::new();
        match block {
            Block::Paragraph(words) => push_plain(&mut plain, &inline(&words, MARKS)),
            Block::List(items) => {
                for (n, item) in items.iter().enumerate() {
                    plain.push_str(if n == 0 { "- " } else { "\n- " });
                    push_plain(&mut plain, &inline(item, MARKS));
                }
            }
        }
        blocks_as_text.push(plain);
    }
    blocks_as_text.join("\n\n")
}

/// Words as Markdown that shows exactly these words, on one line.
#[must_use]
pub fn literal(words: &str) -> String {
    let mut markdown = String::with_capacity(words.len() + 8);
    for c in one_line(words).chars() {
        if ESCAPABLE.contains(c) {
            markdown.push('\\');
        }
        markdown.push(c);
    }
    markdown
}

/// Text for HTML content and quoted attributes.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_escaped(&mut html, text);
    html
}

const ESCAPABLE: &str = "\\*[]()-";

enum Block {
    Paragraph(String),
    List(Vec<String>),
}

/// Splits into paragraphs and lists; lines of one paragraph or item are joined by a space.
fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open = false;
    for line in markdown.lines() {
        let words = line.trim();
        if words.is_empty() {
            open = false;
            continue;
        }
        if let Some(item) = words.strip_prefix("- ") {
            match blocks.last_mut() {
                Some(Block::List(items)) => items.push(item.trim_start().to_owned()),
                _ => blocks.push(Block::List(vec![item.trim_start().to_owned()])),
            }
            open = true;
            continue;
        }
        let indented = line.starts_with(' ');
        match blocks.last_mut() {
            Some(Block::Paragraph(paragraph)) if open => {
                paragraph.push(' ');
                paragraph.push_str(words);
            }
            Some(Block::List(items)) if open && indented => {
                if let Some(item) = items.last_mut() {
                    item.push(' ');
                    item.push_str(words);
                }
            }
            _ => blocks.push(Block::Paragraph(words.to_owned())),
        }
        open = true;
    }
    blocks
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Debug)]
enum Inline {
    Words(String),
    Bold(Vec<Inline>),
    Link { words: Vec<Inline>, target: String },
}

/// What may still begin inside: bold doesn't nest in bold, nor links in links, so the parser is at most three deep.
#[derive(Clone, Copy)]
struct Marks {
    bold: bool,
    links: bool,
}

const MARKS: Marks = Marks {
    bold: true,
    links: true,
};

/// Each step takes from the front of `rest` or learns that a mark is never closed, so the work grows with the length.
fn inline(text: &str, mut marks: Marks) -> Vec<Inline> {
    // Most texts have no marks at all.
    if !text.contains(['\\', '*', '[']) {
        let words = (!text.is_empty()).then(|| Inline::Words(text.to_owned()));
        return words.into_iter().collect();
    }
    let mut parts = Vec::new();
    let mut words = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '\\'
            && let Some(next) = rest[1..]
                .chars()
                .next()
                .filter(|&next| ESCAPABLE.contains(next))
        {
            words.push(next);
            rest = &rest[1 + next.len_utf8()..];
            continue;
        }
        if marks.bold && rest.starts_with("**") {
            match bold(rest) {
                Some((inside, after)) => {
                    flush(&mut parts, &mut words);
                    parts.push(Inline::Bold(inline(
                        inside,
                        Marks {
                            bold: false,
                            ..marks
                        },
                    )));
                    rest = after;
                    continue;
                }
                None => marks.bold = false,
            }
        }
        if marks.links
            && c == '['
            && let Some((inside, target, after)) = link(rest)
        {
            flush(&mut parts, &mut words);
            parts.push(Inline::Link {
                words: inline(
                    inside,
                    Marks {
                        links: false,
                        ..marks
                    },
                ),
                target: target.to_owned(),
            });
            rest = after;
            continue;
        }
        words.push(c);
        rest = &rest[c.len_utf8()..];
    }
    flush(&mut parts, &mut words);
    parts
}

fn flush(parts: &mut Vec<Inline>, words: &mut String) {
    if !words.is_empty() {
        parts.push(Inline::Words(std::mem::take(words)));
    }
}

/// Splits `**inside**after`; none when it isn't closed or empty.
fn bold(rest: &str) -> Option<(&str, &str)> {
    let body = rest.strip_prefix("**")?;
    let end = find_unescaped(body, |body| body.starts_with("**"))?;
    (end > 0).then(|| (&body[..end], &body[end + 2..]))
}

/// Splits `[inside](target)after`; none when it isn't a link, or its target is not allowed.
fn link(rest: &str) -> Option<(&str, &str, &str)> {
    let body = rest.strip_prefix('[')?;
    let end = find_unescaped(body, |body| body.starts_with(['[', ']']))?;
    let inside = &body[..end];
    let body = body[end..].strip_prefix("](")?;
    // Stopping at every character a target can't have keeps a long run of half links from being read again and again.
    let end = body.find(|c: char| !is_target_character(c))?;
    let after = body[end..].strip_prefix(')')?;
    let target = &body[..end];
    (!inside.trim().is_empty() && is_safe_target(target)).then_some((inside, target, after))
}

fn find_unescaped(text: &str, wanted: fn(&str) -> bool) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if wanted(&text[at..]) {
            return Some(at);
        }
    }
    None
}

/// The characters of RFC 3986, less the brackets and the quote that would end a target or an attribute.
fn is_target_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#@!$&*+,;=%".contains(c)
}

/// Whether a link may lead there: https, mail, telephone, or a path or anchor of this site.
#[must_use]
pub fn is_safe_target(target: &str) -> bool {
    let after = |scheme: &str| {
        target
            .strip_prefix(scheme)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '+'))
    };
    target.chars().all(is_target_character)
        && (after("https://")
            || after("mailto:")
            || after("tel:")
            || (target.starts_with('/') && !target.starts_with("//"))
            || (target.starts_with('#') && target.len() > 1))
}

fn push_html(html: &mut String, parts: &[Inline]) {
    for part in parts {
        match part {
            Inline::Words(words) => push_escaped(html, words),
            Inline::Bold(inside) => {
                html.push_str("<strong>");
                push_html(html, inside);
                html.push_str("</strong>");
            }
            Inline::Link { words, target } => {
                html.push_str("<a class=\"govuk-link\" href=\"");
                push_escaped(html, target);
                html.push_str("\">");
                push_html(html, words);
                html.push_str("</a>");
            }
        }
    }
}

fn push_plain(plain: &mut String, parts: &[Inline]) {
    for part in parts {
        match part {
            Inline::Words(words) => plain.push_str(words),
            Inline::Bold(inside) => push_plain(plain, inside),
            Inline::Link { words, target } => {
                let start = plain.len();
                push_plain(plain, words);
                let shown = target
                    .trim_start_matches("mailto:")
                    .trim_start_matches("tel:");
                if plain[start..] != *shown && !target.starts_with('#') {
                    plain.push_str(" (");
                    plain.push_str(shown);
                    plain.push(')');
                }
            }
        }
    }
}

fn push_escaped(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paragraphs_lists_bold_and_links_are_rendered() {
        assert_eq!(
            to_html(
                "One\ntwo.\n\nAsk **us** or [write](mailto:a@b.example):\n- first\n- second\n  goes on\nEnd"
            ),
            "<p class=\"govuk-body\">One two.</p>\n\
             <p class=\"govuk-body\">Ask <strong>us</strong> or \
             <a class=\"govuk-link\" href=\"mailto:a@b.example\">write</a>:</p>\n\
             <ul class=\"govuk-list govuk-list--bullet\">\n<li>first</li>\n<li>second goes on</li>\n</ul>\n\
             <p class=\"govuk-body\">End</p>\n"
        );
    }

    #[test]
    fn everything_else_is_shown_as_typed() {
        assert_eq!(
            to_html("<b>a</b> # *x* ** `y` & \"z\""),
            "<p class=\"govuk-body\">&lt;b&gt;a&lt;/b&gt; # *x* ** `y` &amp; &quot;z&quot;</p>\n"
        );
        assert_eq!(to_html("  \n\n"), "");
    }

    #[test]
    fn links_lead_only_to_safe_targets() {
        for target in [
            "https://a.example/b?c=d&e#f",
            "mailto:a@b.example",
            "tel:+441245000000",
            "/privacy",
            "#help",
        ] {
            assert!(
                inline_html(&format!("[x]({target})")).starts_with("<a "),
                "{target}"
            );
        }
        for target in [
            "javascript:alert(1)",
            "JavaScript:x",
            "http://a.example",
            "//a.example",
            "data:text/html,x",
            "https://",
            "#",
            "/\\a.example",
            " /x",
            "https://a.example/\"onclick=",
            "mailto:",
            "ftp://a",
            "/a b",
            "java\tscript:x",
            "",
        ] {
            assert!(
                !inline_html(&format!("[x]({target})")).contains("<a "),
                "{target}"
            );
        }
    }

    #[test]
    fn bold_and_links_nest_once() {
        assert_eq!(
            inline_html("**a [b](/c)** [**d**](/e) [f **g](/h) i**"),
            "<strong>a <a class=\"govuk-link\" href=\"/c\">b</a></strong> \
             <a class=\"govuk-link\" href=\"/e\"><strong>d</strong></a> \
             <a class=\"govuk-link\" href=\"/h\">f **g</a> i**"
        );
    }

    #[test]
    fn plain_text_keeps_words_items_and_targets() {
        assert_eq!(
            to_plain(
                "Ask **us** at [a@b.example](mailto:a@b.example).\n\n- see [this](https://c.example)\n- end"
            ),
            "Ask us at a@b.example.\n\n- see this (https://c.example)\n- end"
        );
    }

    #[test]
    fn long_runs_of_half_marks_take_no_longer_than_their_length() {
        for piece in ["[", "[a](", "**", "**[", "\\", "[a](b", "](", "- "] {
            let text = piece.repeat(200_000);
            assert!(!to_html(&text).contains("<a "));
        }
    }

    /// Takes the known tags away; what is left may hold no `<`, and every target is a safe one.
    fn check(html: &str) -> Result<(), String> {
        let mut rest = html;
        let mut open = Vec::new();
        while let Some(at) = rest.find('<') {
            rest = &rest[at..];
            let tag = &rest[..=rest.find('>').ok_or("unclosed")?];
            match tag {
                "<p class=\"govuk-body\">" => open.push("</p>"),
                "<ul class=\"govuk-list govuk-list--bullet\">" => open.push("</ul>"),
                "<li>" => open.push("</li>"),
                "<strong>" => open.push("</strong>"),
                tag if tag.starts_with("</") => {
                    if open.pop() != Some(tag) {
                        return Err(format!("{tag} in {html}"));
                    }
                }
                tag => {
                    let target = tag
                        .strip_prefix("<a class=\"govuk-link\" href=\"")
                        .and_then(|tag| tag.strip_suffix("\">"))
                        .ok_or_else(|| format!("{tag} in {html}"))?;
                    if target.contains('"') || !is_safe_target(&target.replace("&amp;", "&")) {
                        return Err(format!("{target} in {html}"));
                    }
                    open.push("</a>");
                }
            }
            rest = &rest[tag.len()..];
        }
        if open.is_empty() {
            Ok(())
        } else {
            Err(format!("{open:?} left open in {html}"))
        }
    }

    proptest! {
        #[test]
        fn only_known_tags_and_safe_targets_come_out(text in "\\PC{0,80}|([<>\\[\\]()*\\\\\"'& \n-]|a|javascript:|https://|mailto:|//|/|#|\\*\\*|\\]\\(|- ){0,40}") {
            prop_assert_eq!(check(&to_html(&text)), Ok(()));
            prop_assert_eq!(check(&inline_html(&text)), Ok(()));
            let _ = to_plain(&text);
        }

        #[test]
        fn literal_words_are_shown_as_they_are(text in "\\PC{0,40}|([<>\\[\\]()*\\\\a -]|https://|\\*\\*|\\]\\(|- ){0,30}") {
            let words = one_line(&text);
            prop_assert_eq!(inline_html(&literal(&text)), escape(&words));
            prop_assert_eq!(to_plain(&literal(&text)), words);
        }
    }
}
