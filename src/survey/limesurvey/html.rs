//! HTML to the Markdown of definitions, or to plain words.
//!
//! A tokenizer that reads as browsers do takes the markup apart; words are kept and escaped, paragraphs, lists, bold and
//! safe links become Markdown, and whatever else there was is named, so that the report can tell of it.

use std::{cell::RefCell, collections::BTreeSet};

use html5ever::{
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, states::RawKind,
    },
};

use super::report::shortened;
use crate::survey::markdown;

/// The most characters of one text that are read; a definition keeps 10,000.
const MOST_READ: usize = 60_000;

/// The most blanks, slashes, quotes and signs of equality of one tag.
const MOST_GAPS: usize = 1_000;

/// What was met and not kept.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Dropped {
    /// Elements and attributes that only change how words look, or show something else than words.
    pub(super) markup: BTreeSet<String>,
    /// What would do something.
    pub(super) scripts: BTreeSet<String>,
    /// Where links led that are none any more.
    pub(super) links: BTreeSet<String>,
    /// How many characters were not read.
    pub(super) unread: usize,
}

/// How words are to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Words only, on one line.
    Plain,
    /// Bold and links, on one line.
    Line,
    /// Paragraphs and lists too.
    Prose,
}

/// Writes HTML in a form.
pub(super) fn convert(html: &str, form: Form) -> (String, Dropped) {
    let read = &html[..readable(html)];
    let unread = html[read.len()..].chars().count();
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(read));
    let tokenizer = Tokenizer::new(Sink::default(), Default::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut taken = tokenizer.sink.0.into_inner();
    taken.dropped.unread = unread;
    (write(&taken.blocks, form), taken.dropped)
}

/// How many bytes are read: to [`MOST_READ`], and to a tag with more than [`MOST_GAPS`] gaps. The tokenizer compares each
/// attribute of a tag with all before it.
fn readable(html: &str) -> usize {
    let mut tag = None;
    let mut gaps = 0;
    for (count, (at, c)) in html.char_indices().enumerate() {
        if count == MOST_READ {
            return at;
        }
        match c {
            // Before anything but a letter it is a `<`, as browsers have it.
            '<' if tag.is_none()
                && html[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()) =>
            {
                (tag, gaps) = (Some(at), 0);
            }
            '>' => tag = None,
            c if c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '=') => gaps += 1,
            _ => {}
        }
        if let Some(start) = tag.filter(|_| gaps > MOST_GAPS) {
            return start;
        }
    }
    html.len()
}

#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Run {
    words: String,
    bold: bool,
    link: Option<String>,
}

#[derive(Debug, Default)]
struct Block {
    is_item: bool,
    /// Whether any of its runs has more than blanks.
    has_words: bool,
    runs: Vec<Run>,
}

#[derive(Debug, Default)]
struct Taken {
    blocks: Vec<Block>,
    bold: usize,
    link: Option<String>,
    /// The element whose content is none of the words.
    inside: Option<String>,
    dropped: Dropped,
}

#[derive(Default)]
struct Sink(RefCell<Taken>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut taken = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(words) => taken.words(&words),
            Token::TagToken(tag) => match tag.kind {
                TagKind::StartTag => return taken.start(&tag),
                TagKind::EndTag => taken.end(&tag.name),
            },
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::EOFToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

impl Taken {
    fn words(&mut self, words: &str) {
        if self.inside.is_some() || words.is_empty() {
            return;
        }
        if self.blocks.is_empty() {
            self.blocks.push(Block::default());
        }
        let (bold, link) = (self.bold > 0, self.link.clone());
        let Some(block) = self.blocks.last_mut() else {
            return;
        };
        block.has_words |= !words.trim().is_empty();
        match block.runs.last_mut() {
            Some(run) if run.bold == bold && run.link == link => run.words.push_str(words),
            _ => block.runs.push(Run {
                words: words.to_owned(),
                bold,
                link,
            }),
        }
    }

    fn block(&mut self, is_item: bool) {
        match self.blocks.last_mut() {
            Some(last) if !last.has_words => last.is_item |= is_item,
            _ => self.blocks.push(Block {
                is_item,
                ..Block::default()
            }),
        }
    }

    fn markup(&mut self, name: &str) {
        self.dropped.markup.insert(shortened(name));
    }

    fn script(&mut self, name: &str) {
        self.dropped.scripts.insert(shortened(name));
    }

    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        for attribute in &tag.attrs {
            let attribute: &str = &attribute.name.local;
            if attribute.starts_with("on") {
                self.script(attribute);
            } else if attribute == "style" {
                self.markup("style=");
            }
        }
        let raw = match name {
            "script" => Some(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript" => {
                Some(RawKind::Rawtext)
            }
            "textarea" | "title" => Some(RawKind::Rcdata),
            _ => None,
        };
        if let Some(raw) = raw {
            match name {
                "script" | "iframe" => self.script(name),
                _ => self.markup(name),
            }
            self.inside = Some(name.to_owned());
            return TokenSinkResult::RawData(raw);
        }
        match name {
            "p" | "div" | "br" | "section" | "article" | "header" | "footer" => self.block(false),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.markup(name);
                self.block(false);
                self.bold += 1;
            }
            "ul" | "html" | "head" | "body" | "span" => {}
            "li" => self.block(true),
            "b" | "strong" => self.bold += 1,
            "a" => self.open_link(tag),
            "object" | "embed" | "form" | "input" | "button" | "svg" | "math" | "link" | "meta"
            | "base" => self.script(name),
            "img" => {
                self.markup(name);
                let alt = tag.attrs.iter().find(|it| &*it.name.local == "alt");
                if let Some(alt) = alt {
                    self.words(&format!(" {} ", alt.value));
                }
            }
            "table" | "tr" | "blockquote" | "hr" | "dt" | "dd" | "pre" => {
                self.markup(name);
                self.block(false);
            }
            "td" | "th" => self.words(" "),
            "plaintext" => {
                self.markup(name);
                return TokenSinkResult::Plaintext;
            }
            other => self.markup(other),
        }
        TokenSinkResult::Continue
    }

    fn open_link(&mut self, tag: &Tag) {
        self.link = None;
        let Some(href) = tag.attrs.iter().find(|it| &*it.name.local == "href") else {
            return;
        };
        let target = href.value.trim();
        if markdown::is_safe_target(target) {
            self.link = Some(target.to_owned());
            return;
        }
        let scheme: String = target
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .take(11)
            .collect::<String>()
            .to_ascii_lowercase();
        if ["javascript:", "vbscript:", "data:"]
            .iter()
            .any(|bad| scheme.starts_with(bad))
        {
            self.script(&scheme);
        } else {
            self.dropped.links.insert(shortened(target));
        }
    }

    fn end(&mut self, name: &str) {
        if self.inside.is_some() {
            if self.inside.as_deref() == Some(name) {
                self.inside = None;
            }
            return;
        }
        match name {
            "p" | "div" | "li" | "ul" | "ol" | "table" | "tr" | "blockquote" | "section"
            | "article" | "header" | "footer" => self.block(false),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.bold = self.bold.saturating_sub(1);
                self.block(false);
            }
            "b" | "strong" => self.bold = self.bold.saturating_sub(1),
            "a" => self.link = None,
            _ => {}
        }
    }
}

fn write(blocks: &[Block], form: Form) -> String {
    let mut written = String::new();
    let mut after_item = false;
    for block in blocks {
        let words = write_block(block, form);
        if words.is_empty() {
            continue;
        }
        let is_item = block.is_item && form == Form::Prose;
        if !written.is_empty() {
            written.push_str(match form {
                Form::Prose if is_item && after_item => "\n",
                Form::Prose => "\n\n",
                _ => " ",
            });
        }
        if is_item {
            written.push_str("- ");
        } else if form == Form::Prose && words.starts_with('-') {
            written.push('\\');
        }
        written.push_str(&words);
        after_item = is_item;
    }
    written
}

/// One block on one line; white space as a browser shows it.
fn write_block(block: &Block, form: Form) -> String {
    let mut line = String::new();
    let mut gap = false;
    for run in &block.runs {
        let clean: String = run
            .words
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        gap |= clean.starts_with(char::is_whitespace);
        let words = clean.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            if gap && !line.is_empty() {
                line.push(' ');
            }
            mark(&mut line, &words, run, form);
            gap = false;
        }
        gap |= clean.ends_with(char::is_whitespace);
    }
    line
}

fn mark(line: &mut String, words: &str, run: &Run, form: Form) {
    if form == Form::Plain {
        line.push_str(words);
        return;
    }
    let mut marked = escaped(words);
    if run.bold {
        marked = format!("**{marked}**");
    }
    if let Some(target) = &run.link {
        marked = format!("[{marked}]({target})");
    }
    line.push_str(&marked);
}

/// Words as Markdown that shows exactly these words, where they don't begin a block.
pub(super) fn escaped(words: &str) -> String {
    let mut markdown = String::with_capacity(words.len() + 4);
    for c in words.chars() {
        if matches!(c, '\\' | '*' | '[' | ']') {
            markdown.push('\\');
        }
        markdown.push(c);
    }
    markdown
}
