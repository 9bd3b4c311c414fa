//! `user`: accounts by command, for the first people, and for when nobody can sign in.

use validator::ValidateEmail;

use super::{
    AppError,
    command::{InvitedRole, UserVerb},
    commands::open,
};
use crate::{
    actions::{self, PersonError},
    audit::Actor,
    config::Config,
    storage::{
        Store, factors,
        users::{self, Role, User},
    },
    web::address::SiteAddress,
    world::SystemEntropy,
};

/// Does what the command says.
pub(super) async fn run(config: &Config, words: UserVerb) -> Result<(), AppError> {
    let store = open(config).await?;
    store.migrate().await?;
    match words {
        UserVerb::Invite { email, role } => invite(config, &store, &email, role).await?,
        UserVerb::List => list(&store).await?,
        UserVerb::Disable { email } => {
            let user = find(&store, &email).await?;
            actions::shut_out(&store, Actor::Command, user.id)
                .await
                .map_err(|error| match error {
                    PersonError::Storage(error) => error.into(),
                    last @ PersonError::LastAdministrator => AppError::Unknown(last.to_string()),
                })?;
            println!("{} is shut out", user.email);
        }
        UserVerb::ResetFactor { email } => {
            let user = find(&store, &email).await?;
            let had = actions::remove_factor(&store, Actor::Command, user.id).await?;
            let outcome = if had { "is removed" } else { "there was none" };
            println!("second factor of {}: {outcome}", user.email);
        }
    }
    Ok(store.close().await?)
}

async fn invite(
    config: &Config,
    store: &Store,
    email: &str,
    role: InvitedRole,
) -> Result<(), AppError> {
    if !email.validate_email() {
        return Err(AppError::Unknown(format!(
            "{email:?} is not an email address"
        )));
    }
    let role = match role {
        InvitedRole::Administrator => Role::Administrator,
        InvitedRole::Officer => Role::Officer,
        InvitedRole::Comms => Role::Comms,
    };
    let secret = actions::invite(store, &SystemEntropy, Actor::Command, email, role).await?;
    let address = SiteAddress::new(config.server.base_url.as_ref(), config.server.bind);
    let path = format!("/admin/welcome/{}", secret.to_text());
    println!("{}", address.link(&path));
    Ok(())
}

async fn list(store: &Store) -> Result<(), AppError> {
    let holders = factors::holders(store).await?;
    for user in users::all(store).await? {
        let factor = if holders.contains(&user.id) {
            "second factor"
        } else {
            "password only"
        };
        let state = if user.disabled { "shut out" } else { "active" };
        println!("{}\t{}\t{factor}\t{state}", user.email, user.role.as_str());
    }
    Ok(())
}

async fn find(store: &Store, email: &str) -> Result<User, AppError> {
    let user = users::find_by_email(store, email).await?;
    user.ok_or_else(|| AppError::Unknown(format!("{email:?} has no account")))
}
