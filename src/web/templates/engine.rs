//! Loads templates, texts and the list of built assets, and renders pages and components with them.

use std::{collections::HashMap, sync::Arc};

use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, TeraResult};

use super::{
    Layout, TextError, Texts,
    functions::{Attributes, Translate, Words, date_items, described_by},
    memory::{Memory, Remembered, TOKEN_GAP, gap},
    texts::DEFAULT_LANG,
};

#[derive(RustEmbed)]
#[folder = "templates/"]
struct TemplateFiles;

#[derive(RustEmbed)]
#[folder = "assets/locales/"]
struct LocaleFiles;

/// Styles, scripts and images as the asset build left them: names with the hash of their content, each also `.br` and `.gz`.
#[derive(RustEmbed)]
#[folder = "assets/dist/"]
pub struct Dist;

/// A page: the values of one template.
pub trait Page: Serialize {
    /// The template's name, such as `residents/hub.html`.
    const TEMPLATE: &'static str;
}

/// What can be wrong with a page.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// A text file of the interface is wrong.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A template is wrong, or a page has not what its template shows.
    #[error("{0}")]
    Template(#[from] tera::Error),
    /// The page's values can't be turned into a context.
    #[error("the values of the page can't be written: {0}")]
    Values(#[from] serde_json::Error),
}

/// All templates with the texts they show; cheap to clone.
#[derive(Debug, Clone)]
pub struct Templates {
    tera: Arc<Tera>,
    texts: Arc<Texts>,
    memory: Arc<Memory>,
}

impl Templates {
    /// Loads everything embedded in the program (in debug builds: from the files).
    ///
    /// # Errors
    /// A template or text file that can't be read.
    pub fn new() -> Result<Self, TemplateError> {
        let texts = Arc::new(Texts::load(&locale_files())?);
        let assets: HashMap<String, String> = match Dist::get("manifest.json") {
            Some(file) => serde_json::from_slice(&file.data)?,
            None => HashMap::new(),
        };
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html"]);
        tera.register_function(
            "t",
            // A developer and a test see a missing text at once; a resident gets the page all the same.
            Translate::new(Arc::clone(&texts), cfg!(debug_assertions)),
        );
        tera.register_function("attributes", Attributes);
        tera.register_function("words", Words);
        tera.register_function("described_by", described_by);
        tera.register_function("date_items", date_items);
        tera.register_function("asset", move |kwargs: Kwargs, _: &State| {
            let name = kwargs.must_get::<&str>("name")?;
            let file = assets.get(name).map_or(name, String::as_str);
            TeraResult::Ok(format!("/assets/{file}"))
        });
        tera.add_raw_templates(template_files())?;
        Ok(Self {
            tera: Arc::new(tera),
            texts,
            memory: Arc::default(),
        })
    }

    /// The sentences, for what is not a page: mails, files, problems.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// A page as HTML, inside its layout.
    ///
    /// # Errors
    /// The template shows something that the page does not have, or a text is missing (debug builds only).
    pub fn render<P: Page>(&self, layout: &Layout, page: &P) -> Result<String, TemplateError> {
        let mut context = Context::from_serialize(page)?;
        context.insert("lang", &layout.lang);
        context.insert("layout", layout);
        Ok(self.tera.render(P::TEMPLATE, &context)?)
    }

    /// The same page as [`Templates::render`] makes, rendered only if no page with the same values is remembered. What is
    /// its reader's own must be a gap ([`gap`]) in the values: the pages of others would only fill the memory, and what
    /// somebody wrote is not kept beside them.
    ///
    /// # Errors
    /// As [`Templates::render`].
    pub fn remembered<P: Page>(
        &self,
        layout: &Layout,
        page: &P,
    ) -> Result<Arc<Remembered>, TemplateError> {
        // Everything a page is made from is in the key, so that a kept page is never a stale one.
        let frame = layout.clone().with_csrf(gap(TOKEN_GAP));
        let key = serde_json::to_vec(&(P::TEMPLATE, &frame, page))?;
        if let Some(kept) = self.memory.get(&key) {
            return Ok(kept);
        }
        self.keep(key, &frame, page)
    }

    /// The page remembered under a key that [`Templates::remember`] was given.
    pub fn recall(&self, key: &[u8]) -> Option<Arc<Remembered>> {
        self.memory.get(key)
    }

    /// Renders a page and remembers it under a key of the caller's, which must say all that decides how the page looks.
    ///
    /// # Errors
    /// As [`Templates::render`].
    pub fn remember<P: Page>(
        &self,
        key: Vec<u8>,
        layout: &Layout,
        page: &P,
    ) -> Result<Arc<Remembered>, TemplateError> {
        self.keep(key, &layout.clone().with_csrf(gap(TOKEN_GAP)), page)
    }

    fn keep<P: Page>(
        &self,
        key: Vec<u8>,
        frame: &Layout,
        page: &P,
    ) -> Result<Arc<Remembered>, TemplateError> {
        let made = Arc::new(Remembered::new(&self.render(frame, page)?));
        self.memory.put(key, Arc::clone(&made));
        Ok(made)
    }

    /// A template by name with its values, outside any layout: a mail.
    ///
    /// # Errors
    /// As [`Templates::render`].
    pub fn render_named(
        &self,
        template: &str,
        lang: &str,
        values: &serde_json::Value,
    ) -> Result<String, TemplateError> {
        let mut context = Context::from_serialize(values)?;
        context.insert("lang", lang);
        Ok(self.tera.render(template, &context)?)
    }

    /// A component by name with its parameters, in English.
    ///
    /// # Errors
    /// No such component, or parameters that it does not take.
    pub fn render_component(
        &self,
        name: &str,
        params: &serde_json::Value,
    ) -> Result<String, TemplateError> {
        let args = Context::from_serialize(params)?;
        let mut implicits = Context::new();
        implicits.insert("lang", DEFAULT_LANG);
        Ok(self
            .tera
            .render_component_with_implicits(name, &args, &implicits, None, true)?)
    }
}

/// Text as a template writes it into HTML, for the gaps of a page that is kept.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut html = Vec::with_capacity(text.len());
    // Writing to memory does not fail, and what is escaped is still UTF-8.
    let _ = tera::escape_html(text, &mut html);
    String::from_utf8(html).unwrap_or_default()
}

fn template_files() -> Vec<(String, String)> {
    TemplateFiles::iter()
        .filter_map(|name| {
            let file = TemplateFiles::get(&name)?;
            Some((
                name.into_owned(),
                String::from_utf8_lossy(&file.data).into_owned(),
            ))
        })
        .collect()
}

fn locale_files() -> Vec<(String, String, String)> {
    LocaleFiles::iter()
        .filter_map(|path| {
            let file = LocaleFiles::get(&path)?;
            let (lang, name) = path.split_once('/')?;
            Some((
                lang.to_owned(),
                name.to_owned(),
                String::from_utf8_lossy(&file.data).into_owned(),
            ))
        })
        .collect()
}
