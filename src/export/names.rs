//! The names of files. Made of slugs, dates and words of ours only, they are safe in a header, a folder and a shell.

use jiff::civil::Date;

use crate::survey::ids::Slug;

/// What leaves the house by an officer's hand is internal, and says so.
const INTERNAL: &str = "internal";

/// The answers of a survey as they were on a day.
#[must_use]
pub fn answers(survey: &Slug, as_of: Date) -> String {
    format!("{INTERNAL}-{survey}-answers-{as_of}.csv")
}

/// What the columns and codes of [`answers`] mean.
#[must_use]
pub fn codebook(survey: &Slug, as_of: Date) -> String {
    format!("{INTERNAL}-{survey}-codebook-{as_of}.csv")
}

/// The numbers of a results page as they were on a day; `page` is the page's last part of the address.
#[must_use]
pub fn results(survey: &Slug, page: &Slug, as_of: Date) -> String {
    format!("{INTERNAL}-{survey}-{page}-{as_of}.csv")
}

/// The value of a `Content-Disposition` header that has a browser keep a file under a name of this module.
#[must_use]
pub fn disposition(name: &str) -> String {
    // Quotes and line breaks can't come from here; whoever else calls this is not to be able to break the header.
    let safe: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "-_.".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    format!("attachment; filename=\"{safe}\"")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn names_say_internal_what_and_when() {
        let slug = |text| Slug::new(text).expect("a slug");
        let survey = slug("mill-park");
        let day = date(2026, 11, 4);
        assert_eq!(
            answers(&survey, day),
            "internal-mill-park-answers-2026-11-04.csv"
        );
        assert_eq!(
            codebook(&survey, day),
            "internal-mill-park-codebook-2026-11-04.csv"
        );
        assert_eq!(
            results(&survey, &slug("themes"), day),
            "internal-mill-park-themes-2026-11-04.csv"
        );
        assert_eq!(
            disposition("../x\"\r\ny"),
            "attachment; filename=\".._x___y\""
        );
    }
}
