//! Writing SVG: the only place where markup is made, so the only place where text is escaped.

use std::fmt::Write as _;

use super::Caption;
use super::palette::{INK, WHITE};

/// Fonts of the reader's own system: nothing is fetched, and a downloaded file looks right anywhere.
const FONTS: &str =
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/// An SVG document being written.
pub(super) struct Svg {
    out: String,
    id: String,
}

/// What the outermost element says of the whole.
pub(super) struct Frame<'a> {
    pub(super) class: &'a str,
    pub(super) width: f32,
    pub(super) height: f32,
    /// Whether its parts can be reached one by one, as links can; otherwise it is one image.
    pub(super) has_links: bool,
}

impl Svg {
    /// Opens a document with its title and description.
    pub(super) fn new(caption: &Caption, frame: &Frame<'_>) -> Self {
        let id: String = caption
            .id
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
        let mut svg = Self {
            out: String::with_capacity(4096),
            id,
        };
        let labelled_by = format!("{0}-title {0}-desc", svg.id);
        svg.root(frame)
            .text_attribute("role", if frame.has_links { "group" } else { "img" })
            .text_attribute("aria-labelledby", &labelled_by)
            .open();
        let (title, desc) = (svg.id_of("title"), svg.id_of("desc"));
        svg.element("title")
            .text_attribute("id", &title)
            .content(&caption.title);
        svg.element("desc")
            .text_attribute("id", &desc)
            .content(&caption.description);
        svg
    }

    /// Opens a document that is only decoration: assistive technology passes over it.
    pub(super) fn decoration(frame: &Frame<'_>) -> Self {
        let mut svg = Self {
            out: String::with_capacity(4096),
            id: String::new(),
        };
        svg.root(frame)
            .text_attribute("aria-hidden", "true")
            .text_attribute("focusable", "false")
            .open();
        svg
    }

    /// The width and height of a finished document of ours.
    pub(super) fn size_of(finished: &str) -> Option<(f32, f32)> {
        let (_, rest) = finished.split_once(" viewBox=\"0 0 ")?;
        let (width, height) = rest.split_once('"')?.0.split_once(' ')?;
        Some((width.parse().ok()?, height.parse().ok()?))
    }

    /// Goes on with a finished document of ours, with room added at its left, top, right and bottom; its own places stay.
    pub(super) fn reopen(
        finished: &str,
        (left, top, right, bottom): (f32, f32, f32, f32),
    ) -> Option<Self> {
        let (width, height) = Self::size_of(finished)?;
        let (before, _) = finished.split_once(" viewBox=")?;
        let (_, after) = finished.split_once(" class=")?;
        let after = after.strip_suffix("</svg>")?;
        let (x, y) = (Number(-left), Number(-top));
        let (wide, high) = (Number(left + width + right), Number(top + height + bottom));
        let root = format!(
            "{before} viewBox=\"{x} {y} {wide} {high}\" width=\"{wide}\" height=\"{high}\""
        );
        Some(Self {
            out: format!("{root} class={after}"),
            id: String::new(),
        })
    }

    fn root(&mut self, frame: &Frame<'_>) -> Element<'_> {
        let (width, height) = (Number(frame.width), Number(frame.height));
        self.element("svg")
            .text_attribute("xmlns", "http://www.w3.org/2000/svg")
            .text_attribute("viewBox", &format!("0 0 {width} {height}"))
            .number("width", frame.width)
            .number("height", frame.height)
            .text_attribute("class", frame.class)
            .text_attribute("font-family", FONTS)
            .text_attribute("fill", INK)
    }

    /// An id of this document.
    pub(super) fn id_of(&self, part: &str) -> String {
        format!("{}-{part}", self.id)
    }

    /// A `fill` that refers to an id of this document.
    pub(super) fn url_of(&self, part: &str) -> String {
        format!("url(#{}-{part})", self.id)
    }

    /// Begins an element.
    pub(super) fn element(&mut self, name: &'static str) -> Element<'_> {
        self.out.push('<');
        self.out.push_str(name);
        Element {
            out: &mut self.out,
            name,
        }
    }

    /// Ends an element that was opened.
    pub(super) fn end(&mut self, name: &'static str) {
        // Writing to a String can't fail.
        let _ = write!(self.out, "</{name}>");
    }

    /// A rectangle; nothing where it would have no width.
    pub(super) fn rect(
        &mut self,
        class: &str,
        fill: &str,
        x: f32,
        y: f32,
        width: f32,
        height: f32,
    ) {
        if width > 0.0 && height > 0.0 {
            self.element("rect")
                .text_attribute("class", class)
                .text_attribute("fill", fill)
                .number("x", x)
                .number("y", y)
                .number("width", width)
                .number("height", height)
                .empty();
        }
    }

    /// A straight line.
    pub(super) fn line(
        &mut self,
        class: &str,
        stroke: &str,
        width: f32,
        from: (f32, f32),
        to: (f32, f32),
    ) {
        self.stroke(class, stroke, width, None, from, to);
    }

    /// A straight line of dashes.
    pub(super) fn dashes(
        &mut self,
        class: &str,
        stroke: &str,
        width: f32,
        pattern: &str,
        from: (f32, f32),
        to: (f32, f32),
    ) {
        self.stroke(class, stroke, width, Some(pattern), from, to);
    }

    fn stroke(
        &mut self,
        class: &str,
        stroke: &str,
        width: f32,
        pattern: Option<&str>,
        from: (f32, f32),
        to: (f32, f32),
    ) {
        let mut line = self
            .element("line")
            .text_attribute("class", class)
            .text_attribute("stroke", stroke)
            .number("stroke-width", width);
        if let Some(pattern) = pattern {
            line = line.text_attribute("stroke-dasharray", pattern);
        }
        line.number("x1", from.0)
            .number("y1", from.1)
            .number("x2", to.0)
            .number("y2", to.1)
            .empty();
    }

    /// A disc with an edge.
    pub(super) fn circle(
        &mut self,
        class: &str,
        fill: &str,
        edge: &str,
        (x, y): (f32, f32),
        radius: f32,
    ) {
        self.element("circle")
            .text_attribute("class", class)
            .text_attribute("fill", fill)
            .text_attribute("stroke", edge)
            .number("stroke-width", if fill == WHITE { 2.0 } else { 1.0 })
            .number("cx", x)
            .number("cy", y)
            .number("r", radius)
            .empty();
    }

    /// A triangle that points up or down: drawn, since few fonts have one.
    pub(super) fn triangle(
        &mut self,
        class: &str,
        fill: &str,
        (x, y): (f32, f32),
        points_up: bool,
    ) {
        let (base, tip) = if points_up {
            (y + 4.0, y - 4.5)
        } else {
            (y - 4.0, y + 4.5)
        };
        let d = format!(
            "M{} {base}L{x} {tip}L{} {base}Z",
            Number(x - 5.0),
            Number(x + 5.0),
            base = Number(base),
            x = Number(x),
            tip = Number(tip)
        );
        self.path(class, fill, &d);
    }

    /// A filled shape.
    pub(super) fn path(&mut self, class: &str, fill: &str, d: &str) {
        self.element("path")
            .text_attribute("class", class)
            .text_attribute("fill", fill)
            .text_attribute("d", d)
            .empty();
    }

    /// Begins a text; the vertical position is its base line.
    pub(super) fn label(
        &mut self,
        class: &str,
        size: f32,
        anchor: &str,
        x: f32,
        y: f32,
    ) -> Element<'_> {
        self.element("text")
            .text_attribute("class", class)
            .number("font-size", size)
            .text_attribute("text-anchor", anchor)
            .number("x", x)
            .number("y", y)
    }

    /// Defines a hatching of slanted lines under an id of this document.
    pub(super) fn hatching(&mut self, part: &str, ground: &str, lines: &str, spacing: f32) {
        let id = self.id_of(part);
        self.element("pattern")
            .text_attribute("id", &id)
            .text_attribute("patternUnits", "userSpaceOnUse")
            .number("width", spacing)
            .number("height", spacing)
            .text_attribute("patternTransform", "rotate(45)")
            .open();
        self.rect(
            "hys-chart__hatch-ground",
            ground,
            0.0,
            0.0,
            spacing,
            spacing,
        );
        self.rect("hys-chart__hatch", lines, 0.0, 0.0, spacing / 4.0, spacing);
        self.end("pattern");
    }

    /// The finished document.
    pub(super) fn finish(mut self) -> String {
        self.end("svg");
        self.out
    }
}

/// An element whose attributes are being written.
#[must_use = "an element is written only when it is opened, filled or left empty"]
pub(super) struct Element<'a> {
    out: &'a mut String,
    name: &'static str,
}

impl Element<'_> {
    /// Adds an attribute.
    pub(super) fn text_attribute(self, name: &str, value: &str) -> Self {
        // Writing to a String can't fail.
        let _ = write!(self.out, " {name}=\"");
        escape(value, self.out);
        self.out.push('"');
        self
    }

    /// Adds an attribute that is a number.
    pub(super) fn number(self, name: &str, value: f32) -> Self {
        // Writing to a String can't fail.
        let _ = write!(self.out, " {name}=\"{}\"", Number(value));
        self
    }

    /// Makes a text bold, if it is to be.
    pub(super) fn bold(self, is_bold: bool) -> Self {
        if is_bold {
            self.number("font-weight", 700.0)
        } else {
            self
        }
    }

    /// Closes the start tag; the element stays open.
    pub(super) fn open(self) {
        self.out.push('>');
    }

    /// Writes text and ends the element.
    pub(super) fn content(self, text: &str) {
        self.out.push('>');
        escape(text, self.out);
        // Writing to a String can't fail.
        let _ = write!(self.out, "</{}>", self.name);
    }

    /// Ends an element that has nothing in it.
    pub(super) fn empty(self) {
        self.out.push_str("/>");
    }
}

/// A number to a tenth, without needless digits. What isn't a number is written as 0, so that a chart is always well
/// formed.
pub(super) struct Number(pub(super) f32);

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = if self.0.is_finite() {
            (self.0 * 10.0).round() / 10.0
        } else {
            0.0
        };
        // Adding 0 turns −0 into 0.
        write!(f, "{}", tenths + 0.0)
    }
}

/// Escapes for text and attributes alike; characters that XML forbids are dropped.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_cleared_of_what_xml_forbids() {
        let mut out = String::new();
        escape("<b a='1' & \"2\">\0\u{1b}\u{ffff}\n", &mut out);
        assert_eq!(out, "&lt;b a=&#39;1&#39; &amp; &quot;2&quot;&gt; ");
    }

    #[test]
    fn numbers_have_a_tenth_at_most() {
        let written: Vec<String> = [1.0, 0.04, -0.04, 2.26, f32::NAN, f32::INFINITY]
            .map(|n| Number(n).to_string())
            .into();
        assert_eq!(written, ["1", "0", "0", "2.3", "0", "0"]);
    }
}
