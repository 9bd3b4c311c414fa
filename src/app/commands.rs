//! What each word of the command line does.

use std::path::{Path, PathBuf};

use super::{
    App, AppError, Command, Outside,
    command::{InvitedRole, SurveyVerb, UserVerb, Verb},
    database, logs, publish,
};
use crate::{
    actions,
    config::Config,
    geography::Place,
    storage::{self, DatabaseConfig, Store, surveys, users::Role},
    survey::{
        definition::Definition,
        lint::{LintContext, is_publishable, lint},
    },
    web::address::SiteAddress,
};

/// Does what the command line says.
///
/// # Errors
/// [`AppError`], in one sentence or with a list of what is wrong.
pub async fn run(command: Command) -> Result<(), AppError> {
    let config = Config::read(command.config, |name| std::env::var(name).ok())?;
    match command.verb {
        Verb::Serve => serve(config).await,
        Verb::Migrate => {
            let store = open(&config).await?;
            store.migrate().await?;
            Ok(store.close().await?)
        }
        Verb::Survey(verb) => survey(&config, verb).await,
        Verb::User(UserVerb::Invite { email, role }) => invite(&config, &email, role).await,
        Verb::Simulate(words) => super::simulate::run(&config, &words).await,
        Verb::Import(words) => super::import::run(&config, &words).await,
        Verb::Export(words) => super::output::export(&config, &words).await,
        Verb::Result(words) => super::output::result(&config, &words).await,
        Verb::Backup { file } => {
            let store = open(&config).await?;
            storage::backup(&store, &file).await?;
            Ok(store.close().await?)
        }
        Verb::Restore { file } => {
            make_folder(&database(&config))?;
            Ok(storage::restore(&database(&config), &file).await?)
        }
    }
}

async fn serve(config: Config) -> Result<(), AppError> {
    logs::start(&config.log)?;
    // Listened for from here on: a stop that comes while the program starts is a stop, not a kill.
    let stop = stop_signal();
    make_folder(&database(&config))?;
    let app = App::build(config, Outside::default()).await?;
    println!("listening on http://{}", app.address());
    if let Some(link) = app.administrator_link() {
        println!("administrator link: {link}");
    }
    app.serve(stop).await
}

/// Listens at once for what tells a process to stop; the future is ready when it comes.
fn stop_signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = [SignalKind::terminate(), SignalKind::interrupt()].map(signal);
    async move {
        // One that can't be listened for leaves the other.
        let waiting = signals.into_iter().flatten().map(|mut signal| {
            Box::pin(async move {
                signal.recv().await;
            })
        });
        let waiting: Vec<_> = waiting.collect();
        if waiting.is_empty() {
            return std::future::pending().await;
        }
        futures_util::future::select_all(waiting).await;
    }
}

pub(super) async fn open(config: &Config) -> Result<Store, AppError> {
    make_folder(&database(config))?;
    Ok(Store::connect(&database(config)).await?)
}

/// A SQLite file may be the first in its folder.
pub(super) fn make_folder(database: &DatabaseConfig) -> Result<(), AppError> {
    if let Some(folder) = database.sqlite_path()?.as_deref().and_then(Path::parent)
        && !folder.as_os_str().is_empty()
    {
        std::fs::create_dir_all(folder)
            .map_err(AppError::io(format!("{} can't be made", folder.display())))?;
    }
    Ok(())
}

async fn survey(config: &Config, verb: SurveyVerb) -> Result<(), AppError> {
    let place = Place::embedded(&config.place.pack)?;
    match verb {
        SurveyVerb::Lint { file } => {
            let definition = read_definition(&file)?;
            let lints = lint(
                &definition,
                &LintContext {
                    is_area: &|code| place.area(code).is_some(),
                },
            );
            for lint in &lints {
                println!("{lint}");
            }
            if is_publishable(&lints) {
                Ok(())
            } else {
                Err(AppError::Unknown(format!(
                    "{} can't be published",
                    file.display()
                )))
            }
        }
        SurveyVerb::Import { file, to } if super::limesurvey::is_survey(&file) => {
            super::limesurvey::import(&file, to.as_deref(), &place)
        }
        SurveyVerb::Import { to: Some(_), .. } => Err(AppError::Unknown(
            "--to is for .lss files; a YAML or JSON file is a definition already".to_owned(),
        )),
        SurveyVerb::Import { file, to: None } | SurveyVerb::Publish { file } => {
            let definition = read_definition(&file)?;
            let store = open(config).await?;
            store.migrate().await?;
            let number = publish(&store, &crate::world::SystemEntropy, &place, &definition).await?;
            println!("{} version {number} is published", definition.slug);
            Ok(store.close().await?)
        }
        SurveyVerb::Export { slug } => {
            let store = open(config).await?;
            let unknown = || AppError::Unknown(format!("no survey is called {slug:?}"));
            let survey = surveys::find(&store, &slug).await?.ok_or_else(unknown)?;
            let version = survey.current_version.ok_or_else(unknown)?;
            let version = surveys::version(&store, version)
                .await?
                .ok_or_else(unknown)?;
            print!("{}", Definition::from_json(&version.definition)?.to_yaml()?);
            Ok(store.close().await?)
        }
    }
}

fn read_definition(file: &PathBuf) -> Result<Definition, AppError> {
    let text = std::fs::read_to_string(file)
        .map_err(AppError::io(format!("{} can't be read", file.display())))?;
    let is_json = file.extension().is_some_and(|ending| ending == "json");
    Ok(if is_json {
        Definition::from_json(&text)?
    } else {
        Definition::from_yaml(&text)?
    })
}

async fn invite(config: &Config, email: &str, role: InvitedRole) -> Result<(), AppError> {
    use validator::ValidateEmail;
    if !email.validate_email() {
        return Err(AppError::Unknown(format!(
            "{email:?} is not an email address"
        )));
    }
    let store = open(config).await?;
    store.migrate().await?;
    let role = match role {
        InvitedRole::Administrator => Role::Administrator,
        InvitedRole::Officer => Role::Officer,
        InvitedRole::Comms => Role::Comms,
    };
    let secret = actions::invite(&store, &crate::world::SystemEntropy, email, role).await?;
    let address = SiteAddress::new(config.server.base_url.as_ref(), config.server.bind);
    println!(
        "{}",
        address.link(&format!("/admin/welcome/{}", secret.to_text()))
    );
    Ok(store.close().await?)
}
