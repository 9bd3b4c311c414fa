//! Tables: one module each. Only the storage room reads them.

pub mod admin_session;
pub mod draft;
pub mod draft_revision;
pub mod frozen_result;
pub mod job;
pub mod meta;
pub mod outbox;
pub mod rate_limit;
pub mod response;
pub mod response_deleted;
pub mod response_text;
pub mod sign_in_link;
pub mod survey;
pub mod survey_version;
pub mod user_account;
