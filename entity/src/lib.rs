//! Tables: one module each. Only the storage room reads them.

pub mod admin_session;
pub mod audit_entry;
pub mod audit_seal;
pub mod audit_sealed;
pub mod draft;
pub mod draft_revision;
pub mod frozen_result;
pub mod half_session;
pub mod invitation;
pub mod job;
pub mod meta;
pub mod outbox;
pub mod rate_limit;
pub mod recovery_code;
pub mod response;
pub mod response_deleted;
pub mod response_text;
pub mod second_factor;
pub mod sign_in_link;
pub mod survey;
pub mod survey_version;
pub mod user_account;
