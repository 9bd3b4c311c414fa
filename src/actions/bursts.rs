//! Bursts: many responses sent from one address in a short time.
//!
//! Nobody is stopped: what comes after the first few is marked. An address is known only as a keyed hash, in memory, for
//! minutes; the key is drawn anew each day and kept nowhere else, so that afterwards nobody can say whose a hash was.
//! Each node counts what it is sent.

use std::{
    collections::{HashMap, VecDeque},
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use hmac::{Hmac, KeyInit, Mac};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use sha2::Sha256;
use uuid::Uuid;

use super::Entropy;
use crate::survey::flags::Flags;

/// How many responses from one address within [`BURST_MINUTES`] are nothing to remark on: a family, a reading room.
pub const BURST_SENDS: u32 = 10;
/// How long a response from an address counts towards a burst.
pub const BURST_MINUTES: i64 = 10;

const WINDOW: i64 = BURST_MINUTES * 60 * 1_000_000;
/// The most addresses known at once: a few megabytes.
const MOST_SOURCES: usize = 20_000;

/// What was sent in the last minutes, by source.
#[derive(Default)]
pub struct Bursts(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    day: Option<Date>,
    key: [u8; 32],
    sends: HashMap<[u8; 16], VecDeque<(i64, Uuid)>>,
}

impl Bursts {
    /// Notes that a response is being sent from an address, and marks it if many others came from there lately. Sending
    /// the same response again adds nothing.
    pub fn note(
        &self,
        address: IpAddr,
        response: Uuid,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Flags {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let today = TimeZone::UTC.to_datetime(now).date();
        if kept.day != Some(today) {
            kept.day = Some(today);
            kept.sends = HashMap::new();
            entropy.fill(&mut kept.key);
        }
        let Some(source) = hash(&kept.key, address) else {
            return Flags::NONE;
        };
        let now = now.as_microsecond();
        let is_recent = |sent: &(i64, Uuid)| now.saturating_sub(sent.0) < WINDOW;
        if !kept.sends.contains_key(&source) && kept.sends.len() >= MOST_SOURCES {
            kept.sends
                .retain(|_, sends| sends.back().is_some_and(is_recent));
            if kept.sends.len() >= MOST_SOURCES {
                return Flags::NONE;
            }
        }
        let sends = kept.sends.entry(source).or_default();
        sends.retain(is_recent);
        if !sends.iter().any(|(_, known)| *known == response) {
            sends.push_back((now, response));
        }
        let most = usize::try_from(BURST_SENDS).unwrap_or(usize::MAX);
        let is_burst = sends.len() > most;
        // More than enough are known: the oldest says nothing that the others don't.
        while sends.len() > most + 1 {
            sends.pop_front();
        }
        if is_burst { Flags::BURST } else { Flags::NONE }
    }
}

/// A source's hash. In IPv6 a household has a whole network of addresses (/64), and is one source.
fn hash(key: &[u8], address: IpAddr) -> Option<[u8; 16]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    match address.to_canonical() {
        IpAddr::V4(address) => mac.update(&address.octets()),
        IpAddr::V6(address) => mac.update(&address.octets()[..8]),
    }
    let bytes = mac.finalize().into_bytes();
    bytes[..16].try_into().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use jiff::ToSpan;

    use super::*;
    use crate::world::SystemEntropy;

    fn at(minute: i64) -> Timestamp {
        "2026-11-24T09:00:00Z".parse::<Timestamp>().unwrap() + minute.minutes()
    }

    fn send(bursts: &Bursts, address: &str, minute: i64) -> Flags {
        let address = address.parse().unwrap();
        bursts.note(address, Uuid::new_v4(), at(minute), &SystemEntropy)
    }

    #[test]
    fn the_first_ten_from_an_address_are_nothing_to_remark_on() {
        let bursts = Bursts::default();
        for _ in 0..BURST_SENDS {
            assert_eq!(send(&bursts, "192.0.2.1", 0), Flags::NONE);
        }
        assert_eq!(send(&bursts, "192.0.2.1", 9), Flags::BURST);
        assert_eq!(
            send(&bursts, "192.0.2.2", 9),
            Flags::NONE,
            "another address"
        );
        assert_eq!(
            send(&bursts, "::ffff:192.0.2.1", 9),
            Flags::BURST,
            "the same address"
        );
        assert_eq!(
            send(&bursts, "192.0.2.1", 19),
            Flags::NONE,
            "ten minutes later"
        );
        assert_eq!(
            send(&bursts, "192.0.2.1", 24 * 60),
            Flags::NONE,
            "another day"
        );
    }

    #[test]
    fn a_response_sent_again_counts_once_and_a_network_is_one_source() {
        let bursts = Bursts::default();
        let (address, id) = ("2001:db8::1".parse().unwrap(), Uuid::new_v4());
        for _ in 0..50 {
            assert_eq!(bursts.note(address, id, at(0), &SystemEntropy), Flags::NONE);
        }
        for number in 1..BURST_SENDS {
            assert_eq!(
                send(&bursts, &format!("2001:db8::{number}"), 0),
                Flags::NONE
            );
        }
        assert_eq!(send(&bursts, "2001:db8::ffff", 1), Flags::BURST);
        assert_eq!(send(&bursts, "2001:db8:0:1::1", 1), Flags::NONE);
    }

    #[test]
    fn no_address_is_kept_and_a_hash_of_yesterday_says_nothing_today() {
        let bursts = Bursts::default();
        send(&bursts, "192.0.2.1", 0);
        let first: Vec<_> = bursts.0.lock().unwrap().sends.keys().copied().collect();
        send(&bursts, "192.0.2.1", 24 * 60);
        let second: Vec<_> = bursts.0.lock().unwrap().sends.keys().copied().collect();
        assert_eq!((first.len(), second.len()), (1, 1));
        assert_ne!(first, second);
        assert!(!first[0].starts_with(&[192, 0, 2, 1]));
    }

    #[test]
    fn a_flood_of_addresses_takes_bounded_memory() {
        let bursts = Bursts::default();
        for number in 0..u32::try_from(MOST_SOURCES).unwrap() + 500 {
            let address = IpAddr::V4(number.into());
            bursts.note(address, Uuid::nil(), at(0), &SystemEntropy);
        }
        assert_eq!(bursts.0.lock().unwrap().sends.len(), MOST_SOURCES);
    }
}
