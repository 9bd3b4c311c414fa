//! Pictures of charts: from SVG to PNG, with a font that the program carries.
//!
//! The picture must not depend on the machine it is made on, so no font of the system is looked for. Noto Sans, in its
//! regular and bold faces, has Latin, Greek and Cyrillic letters; a letter it lacks becomes a box (decision record 0020).
//! Classes have no style sheet here: what a chart must show stands in its attributes.

use std::sync::{Arc, LazyLock};

use resvg::{
    tiny_skia::{Color, Pixmap, Transform},
    usvg::{
        Options, Tree,
        fontdb::{Database, Source},
    },
};
use thiserror::Error;

/// Why no picture was made.
#[derive(Debug, Error)]
pub enum PngError {
    /// What was given is not SVG that can be drawn.
    #[error("the chart is not SVG that can be drawn: {0}")]
    Unreadable(String),
    /// The picture would be empty, or larger than is sensible.
    #[error("a picture of {0} × {1} pixels is not made")]
    Size(u32, u32),
    /// The pixels could not be written as PNG.
    #[error("the picture can't be written as PNG: {0}")]
    Encoding(String),
}

/// The longest side of a picture, in pixels.
const LONGEST: u32 = 8_192;

/// The font of pictures; used for every family that a chart asks for.
const FAMILY: &str = "Noto Sans";

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for face in [notosans::REGULAR_TTF, notosans::BOLD_TTF] {
        fonts.load_font_source(Source::Binary(Arc::new(face)));
    }
    fonts.set_sans_serif_family(FAMILY);
    Arc::new(fonts)
});

/// A picture of a chart on white, `scale` pixels to a unit: 1 as on a page, 2 for sharp screens and print.
///
/// # Errors
/// [`PngError`], where the text is not SVG, or the picture would have no or too many pixels.
pub fn png(svg: &str, scale: u8) -> Result<Vec<u8>, PngError> {
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::clone(&FONTS),
        ..Options::default()
    };
    let tree =
        Tree::from_str(svg, &options).map_err(|error| PngError::Unreadable(error.to_string()))?;
    let scale = f32::from(scale);
    let pixels = |units: f32| (units * scale).ceil() as u32;
    let (width, height) = (pixels(tree.size().width()), pixels(tree.size().height()));
    let refuse = || PngError::Size(width, height);
    if width.max(height) > LONGEST {
        return Err(refuse());
    }
    let mut picture = Pixmap::new(width, height).ok_or_else(refuse)?;
    picture.fill(Color::WHITE);
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut picture.as_mut(),
    );
    picture
        .encode_png()
        .map_err(|error| PngError::Encoding(error.to_string()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='30' font-family='system-ui, Arial, \
                       sans-serif'><text x='2' y='20' font-size='16'>Ž€</text></svg>";

    /// Width and height of a PNG, from its header.
    fn size(png: &[u8]) -> (u32, u32) {
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        (number(16), number(20))
    }

    #[test]
    fn a_picture_is_as_large_as_the_chart_times_its_scale() {
        assert_eq!(size(&png(SVG, 1).unwrap()), (40, 30));
        assert_eq!(size(&png(SVG, 2).unwrap()), (80, 60));
    }

    #[test]
    fn text_is_drawn_without_any_font_of_the_system() {
        let drawn = Pixmap::decode_png(&png(SVG, 1).unwrap()).unwrap();
        let dark = drawn.pixels().iter().filter(|pixel| pixel.red() < 128);
        assert!(dark.count() > 20);
        // White where nothing is drawn: a picture without a ground is black in some programs.
        assert_eq!(drawn.pixels()[0], Color::WHITE.premultiply().to_color_u8());
    }

    #[test]
    fn charts_reckon_with_letters_as_wide_as_this_font_has_them() {
        let texts = [
            "Anti-social behaviour",
            "Violence against women and girls",
            "In the nearest town centre after dark",
            "MIDDLE OF WEST MERSEA",
            "3,287",
            "100%",
            "Épping Forêt, Łódź, Şişli",
            "of residents aged 16 and over, Census 2021",
            "willing till",
        ];
        for (text, is_bold) in texts.iter().flat_map(|text| [(text, false), (text, true)]) {
            let weight = if is_bold { 700 } else { 400 };
            let svg = format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='900' height='30'><text y='20' font-size='20' \
                 font-family='sans-serif' font-weight='{weight}'>{text}</text></svg>"
            );
            let options = Options {
                fontdb: Arc::clone(&FONTS),
                ..Options::default()
            };
            let tree = Tree::from_str(&svg, &options).unwrap();
            let drawn = tree.root().abs_bounding_box().width();
            let reckoned = super::super::text::width(text, 20.0, is_bold);
            assert!(
                drawn <= reckoned + 1.0,
                "{text} is {drawn} wide, not {reckoned}"
            );
            assert!(
                reckoned < drawn * 1.25,
                "{text} is {drawn} wide, not {reckoned}"
            );
        }
    }

    #[test]
    fn what_is_not_a_chart_is_refused() {
        assert!(matches!(png("<p>", 1), Err(PngError::Unreadable(_))));
        assert!(matches!(png(SVG, 0), Err(PngError::Size(0, 0))));
        let huge = SVG.replace("'40'", "'9000'");
        assert!(matches!(png(&huge, 1), Err(PngError::Size(9000, 30))));
    }
}
