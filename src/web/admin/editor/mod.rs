//! The editor: officers write a survey in the browser. Every button saves; every save is a revision.

mod conflict;
mod drafting;
mod exchange;
mod forming;
mod front;
pub mod new;
pub mod outline;
mod page;
mod preview;
mod publish;
mod question;
mod question_fields;
mod question_reading;
mod routing;
mod themes;
mod versions;

pub use exchange::{export, import};
pub use front::{save as save_front, show as front};
pub use page::{save as save_page, save_section, section, show as page};
pub use preview::{preview, trial, trial_answer};
pub use publish::{publish, show as publish_page};
pub use question::{save as save_question, show as question};
pub use themes::{save as save_themes, show as themes};
pub use versions::{restore, show as versions};
