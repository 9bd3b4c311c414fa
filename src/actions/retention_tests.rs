#![allow(clippy::unwrap_used)]

use std::{num::NonZeroU16, sync::Arc};

use serde_json::json;
use uuid::Uuid;

use super::{
    AnswersDownload, Download,
    retention::{delete_what_is_due, erase_response, kept_until, report},
    write_answers,
};
use crate::{
    actions::audit::{seal_new_rows, verify},
    analysis::{
        filter::Filter,
        samples::{Dice, answers, every_kind},
    },
    audit::{Actor, Event},
    export::layout::{Sensitive, Values},
    geography::Place,
    live::{Live, catalogue::Catalogue},
    storage::{
        Store, audit,
        fixture::{SECRET, on_both, survey_of},
        frozen,
        responses::{self, Beside, Channel, Flags, SavePage, Submit, SubmitOutcome, TextChange},
        surveys,
    },
    survey::{
        definition::Definition,
        journey::{Journey, SavedPages},
        pack::{ShownOrders, pack},
    },
    world::SystemEntropy,
};

/// Every kind of question, age sensitive; closed on a day, personal parts kept for a month.
fn definition(closes: &str, months: u16) -> Definition {
    let mut definition = serde_json::to_value(every_kind()).unwrap();
    let page = &mut definition["sections"][0]["pages"][0];
    page["questions"][1]["sensitive"] = json!({ "en": "So that we hear all ages." });
    let mut definition: Definition = serde_json::from_value(definition).unwrap();
    definition.closes = closes.parse().unwrap();
    definition.opens = "2020-01-01T09:00:00".parse().unwrap();
    definition.keep_personal_months = NonZeroU16::new(months);
    definition
}

struct Office {
    store: Store,
    catalogue: Arc<Catalogue>,
    live: Live,
}

impl Office {
    async fn with(store: Store, definition: &Definition) -> Self {
        let slug = definition.slug.as_str();
        survey_of(&store, slug, definition.to_json().unwrap()).await;
        let catalogue = Arc::new(Catalogue::load(store.clone()).await.unwrap());
        let live = Live::new(store.clone(), Arc::clone(&catalogue), Place::essex());
        Self {
            store,
            catalogue,
            live,
        }
    }

    /// A response that was sent; its reference.
    async fn sent(&self, seed: u64) -> (Uuid, crate::survey::reference::Reference) {
        let survey = self.catalogue.by_slug("sample").unwrap();
        let given = answers(&mut Dice(seed));
        let mut saved = SavedPages::default();
        for (_, page) in survey.current.definition.pages() {
            saved.save(&page.key, 1);
        }
        let kept = Journey::new(&survey.current.definition, &given, &saved)
            .submittable()
            .unwrap();
        let packed = pack(&survey.current.definition, &kept, &ShownOrders::new());
        let id = Uuid::now_v7();
        let text = |question: &str, sensitive| TextChange {
            question: question.to_owned(),
            code: String::new(),
            text: Some("Words of mine".to_owned()),
            sensitive,
        };
        let save = SavePage {
            id,
            secret: SECRET,
            survey_id: survey.id,
            version_id: survey.current.id,
            expected_revision: None,
            document: packed.document.clone(),
            sensitive: packed.sensitive.clone(),
            texts: Vec::new(),
            pages: "{}".to_owned(),
            language: "en".to_owned(),
            channel: Channel::Web,
            simulated: false,
            started_at: None,
            flags: Flags::NONE,
            beside: Beside::default(),
        };
        responses::save_page(&self.store, save).await.unwrap();
        let reference = crate::survey::reference::Reference::from_random(seed.to_le_bytes());
        let submit = Submit {
            id,
            secret: SECRET,
            revision: 1,
            reference: reference.to_string(),
            document: packed.document,
            sensitive: packed.sensitive,
            texts: vec![text("comment", false)],
            receipt: None,
            flags: Flags::NONE,
        };
        let outcome = responses::submit(&self.store, submit).await.unwrap();
        assert!(matches!(outcome, SubmitOutcome::Submitted(_)));
        (id, reference)
    }

    async fn delete(&self) -> responses::PersonalParts {
        let survey = surveys::find(&self.store, "sample").await.unwrap().unwrap();
        delete_what_is_due(&self.store, &SystemEntropy, &self.live, &survey, 5)
            .await
            .unwrap()
    }

    async fn events(&self) -> Vec<Event> {
        seal_new_rows(&self.store).await.unwrap();
        let head = verify(&self.store, None).await.unwrap().head.unwrap();
        let rows = audit::sealed_rows(&self.store, 1, head.last).await.unwrap();
        rows.into_iter()
            .map(|(_, row)| row.unwrap().event().unwrap())
            .collect()
    }
}

on_both! {
    async fn personal_parts_go_on_their_day_and_the_rest_stays(database) {
        let office = Office::with(database.open_as_owner().await, &definition("2020-06-30T17:00:00", 1)).await;
        for seed in 1..=450 {
            office.sent(seed).await;
        }
        let survey = office.catalogue.by_slug("sample").unwrap();
        let before = office.live.fresh(&survey).await.unwrap();
        let told = &report(&office.store, 5).await.unwrap()[0];
        assert_eq!((told.parts.responses, told.parts.texts), (450, 450));
        assert!(told.parts.sensitive > 0);
        let gone = office.delete().await;
        assert_eq!(gone, told.parts, "the report says what will go");
        assert_eq!(office.delete().await, responses::PersonalParts::default());
        // In short transactions, each recorded with counts alone.
        let events = office.events().await;
        let batches: Vec<u64> = events.iter().filter_map(|event| match event {
            Event::PersonalPartsDeleted { responses, .. } => Some(*responses),
            _ => None,
        }).collect();
        assert_eq!(batches, [200, 200, 50]);
        // The dataset follows; everybody still counts, and the file can still be written.
        let after = office.live.fresh(&survey).await.unwrap();
        assert_eq!(after.dataset.len(), before.dataset.len());
        assert_eq!(after.unreadable, 0);
        let ids = Filter::default().select(&after.dataset).ids(&after.dataset);
        let wanted = Download { survey_id: survey.id, ids, flags: Vec::new(), values: Values::Codes, sensitive: Sensitive::Include };
        let download = AnswersDownload::open(&office.store, Place::essex(), wanted).await.unwrap();
        let mut file = Vec::new();
        write_answers(download, &mut file).await.unwrap();
        let file = String::from_utf8(file).unwrap();
        assert!(file.lines().count() == 451 && !file.contains("Words of mine"));
        // What can't be counted again was frozen before, once.
        let kept = frozen::list(&office.store, survey.id, 10).await.unwrap();
        assert_eq!(kept.len(), 1);
        assert!(kept[0].sensitive && kept[0].address.starts_with("question/age"), "{kept:?}");
        let sheet = frozen::find(&office.store, survey.id, kept[0].id).await.unwrap().unwrap().sheet;
        assert!(sheet.lines().count() > 1, "{sheet}");
    }
}

on_both! {
    async fn nothing_goes_before_its_day_and_the_shortest_promise_counts(database) {
        let far = definition("2990-06-30T17:00:00", 1);
        let office = Office::with(database.open_as_owner().await, &far).await;
        let (id, _) = office.sent(7).await;
        assert_eq!(office.delete().await, responses::PersonalParts::default());
        assert_eq!(responses::find(&office.store, id).await.unwrap().unwrap().texts.len(), 1);
        let survey = office.catalogue.by_slug("sample").unwrap();
        let promised = kept_until(&office.store, survey.id, 5).await.unwrap();
        survey_of(&office.store, "sample", definition("2990-06-30T17:00:00", 40).to_json().unwrap()).await;
        assert_eq!(kept_until(&office.store, survey.id, 5).await.unwrap(), promised, "one month, as the first version said");
        survey_of(&office.store, "sample", definition("2020-06-30T17:00:00", 40).to_json().unwrap()).await;
        assert_eq!(office.delete().await.responses, 1, "it closes earlier now");
    }
}

on_both! {
    async fn one_response_is_erased_by_its_reference_and_nobody_elses(database) {
        let office = Office::with(database.open_as_owner().await, &definition("2990-06-30T17:00:00", 1)).await;
        let (id, reference) = office.sent(7).await;
        let (other, _) = office.sent(8).await;
        let survey = office.catalogue.by_slug("sample").unwrap();
        assert_eq!(office.live.fresh(&survey).await.unwrap().dataset.len(), 2);
        let by = Actor::Account(Uuid::from_u128(5));
        let unknown = crate::survey::reference::Reference::from_random([9; 8]);
        assert!(!erase_response(&office.store, by, &survey, &unknown).await.unwrap());
        assert!(erase_response(&office.store, by, &survey, &reference).await.unwrap());
        assert!(!erase_response(&office.store, by, &survey, &reference).await.unwrap(), "once");
        assert!(responses::find(&office.store, id).await.unwrap().is_none());
        assert!(responses::find(&office.store, other).await.unwrap().is_some());
        assert_eq!(office.live.fresh(&survey).await.unwrap().dataset.len(), 1);
        let erased: Vec<Event> = office.events().await.into_iter()
            .filter(|event| matches!(event, Event::ResponseErased { .. })).collect();
        assert_eq!(erased, [Event::ResponseErased { survey: survey.slug.clone(), response: id }]);
    }
}
