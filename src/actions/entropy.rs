//! Where randomness and new identities come from.

use uuid::Uuid;

/// A source of randomness and identities; a test's source repeats itself exactly.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` with bytes that nobody can guess.
    fn fill(&self, bytes: &mut [u8]);

    /// A new identity (UUID version 7).
    fn id(&self) -> Uuid;
}

/// The operating system's.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes)
            .expect("an operating system without random numbers can't serve anybody safely");
    }

    fn id(&self) -> Uuid {
        Uuid::now_v7()
    }
}
