//! What a response looks like after a change that is durable, for those who keep it in memory.

use uuid::Uuid;

use super::{
    Beside, Flags, ResponseState, SavePage, Saved, StoredResponse, StoredText, Submit, Submitted,
    TextChange,
};

impl SavePage {
    /// The response as it is stored after this save; the identity alone if what it was before is not known.
    pub(in crate::storage) fn into_stored(
        self,
        before: Option<&StoredResponse>,
        saved: &Saved,
    ) -> Result<StoredResponse, Uuid> {
        let (mut texts, fixed) = match (before, self.expected_revision) {
            (_, None) => (
                Vec::new(),
                (
                    self.survey_id,
                    self.version_id,
                    self.channel,
                    self.simulated,
                    Flags::NONE,
                    self.started_at.unwrap_or(saved.updated_at),
                ),
            ),
            (Some(before), Some(revision)) if before.revision == revision => (
                before.texts.clone(),
                (
                    before.survey_id,
                    before.version_id,
                    before.channel,
                    before.simulated,
                    before.flags,
                    before.started_at,
                ),
            ),
            _ => return Err(self.id),
        };
        follow_texts(&mut texts, self.texts);
        let (survey_id, version_id, channel, simulated, flags, started_at) = fixed;
        Ok(StoredResponse {
            id: self.id,
            survey_id,
            version_id,
            state: ResponseState::InProgress,
            revision: saved.revision,
            channel,
            language: self.language,
            simulated,
            reference: None,
            document: self.document,
            sensitive: self.sensitive,
            pages: self.pages,
            started_at,
            updated_at: saved.updated_at,
            submitted_at: None,
            flags: flags.with(self.flags),
            texts,
            beside: self.beside,
            token_hash: Some(self.secret),
        })
    }
}

impl Submit {
    /// The response as it is stored after this submit; none if what it was before is not known.
    pub(in crate::storage) fn into_stored(
        self,
        before: Option<&StoredResponse>,
        submitted: &Submitted,
    ) -> Option<StoredResponse> {
        let before = before.filter(|before| before.revision == self.revision)?;
        if submitted.repeated || before.state != ResponseState::InProgress {
            return None;
        }
        let mut stored = before.clone();
        stored.flags = stored.flags.with(self.flags);
        follow_texts(&mut stored.texts, self.texts);
        Some(StoredResponse {
            state: ResponseState::Submitted,
            revision: self.revision + 1,
            reference: Some(self.reference),
            document: self.document,
            sensitive: self.sensitive,
            updated_at: submitted.submitted_at,
            submitted_at: Some(submitted.submitted_at),
            beside: Beside::default(),
            ..stored
        })
    }
}

fn follow_texts(texts: &mut Vec<StoredText>, changes: Vec<TextChange>) {
    for change in changes {
        texts.retain(|text| text.question != change.question || text.code != change.code);
        if let Some(text) = change.text {
            texts.push(StoredText {
                question: change.question,
                code: change.code,
                text,
                sensitive: change.sensitive,
            });
        }
    }
    texts.sort_by(|a, b| (&a.question, &a.code).cmp(&(&b.question, &b.code)));
}
