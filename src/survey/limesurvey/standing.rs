//! Words that LimeSurvey itself puts on its questions, which no file holds: Yes, No, Other and the like.

/// What the words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Neither is certain.
    Uncertain,
    /// More of it.
    Increase,
    /// As much of it.
    Same,
    /// Less of it.
    Decrease,
    /// A woman.
    Female,
    /// A man.
    Male,
    /// Something else.
    Other,
    /// The low end of a scale.
    Lowest,
    /// The high end of a scale.
    Highest,
    /// A field for words beside a choice.
    Comment,
}

/// Languages they are known in; the first stands in for all others.
const LANGUAGES: [&str; 5] = ["en", "cy", "de", "fr", "es"];

/// The words in a language, in English where it isn't known.
pub(super) fn words(standing: Standing, language: &str) -> &'static str {
    let base = language.split('-').next().unwrap_or_default();
    let at = LANGUAGES.iter().position(|known| *known == base);
    all(standing)[at.unwrap_or(0)]
}

/// Whether the words are known in a language.
pub(super) fn is_known(language: &str) -> bool {
    let base = language.split('-').next().unwrap_or_default();
    LANGUAGES.contains(&base)
}

const fn all(standing: Standing) -> [&'static str; 5] {
    match standing {
        Standing::Yes => ["Yes", "Ie", "Ja", "Oui", "Sí"],
        Standing::No => ["No", "Na", "Nein", "Non", "No"],
        Standing::Uncertain => ["Uncertain", "Ansicr", "Unsicher", "Incertain", "Dudoso"],
        Standing::Increase => ["Increase", "Cynyddu", "Erhöhen", "Augmenter", "Aumentar"],
        Standing::Same => ["Same", "Yr un peth", "Gleich", "Identique", "Igual"],
        Standing::Decrease => ["Decrease", "Gostwng", "Verringern", "Réduire", "Disminuir"],
        Standing::Female => ["Female", "Benyw", "Weiblich", "Féminin", "Femenino"],
        Standing::Male => ["Male", "Gwryw", "Männlich", "Masculin", "Masculino"],
        Standing::Other => ["Other", "Arall", "Sonstiges", "Autre", "Otro"],
        Standing::Lowest => ["Lowest", "Isaf", "Niedrigste", "Le plus bas", "El más bajo"],
        Standing::Highest => [
            "Highest",
            "Uchaf",
            "Höchste",
            "Le plus élevé",
            "El más alto",
        ],
        Standing::Comment => ["Comment", "Sylw", "Kommentar", "Commentaire", "Comentario"],
    }
}
