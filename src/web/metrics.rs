//! Counters for the operator, in Prometheus' text format, served apart from the pages.

use std::time::Duration;

use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, Opts, Registry, TextEncoder,
};

/// All counters of one process.
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    durations: HistogramVec,
    saves: IntCounterVec,
    ready: IntGauge,
}

impl Metrics {
    /// Counters at zero.
    ///
    /// # Errors
    /// When two counters share a name, which a test would show.
    pub fn new() -> Result<Self, prometheus::Error> {
        let registry = Registry::new();
        let requests = IntCounterVec::new(
            Opts::new(
                "hys_requests_total",
                "Requests answered, by method, route and status.",
            ),
            &["method", "route", "status"],
        )?;
        let buckets = vec![
            0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
        ];
        let durations = HistogramVec::new(
            HistogramOpts::new("hys_request_seconds", "Seconds a request took, by route.")
                .buckets(buckets),
            &["route"],
        )?;
        let saves = IntCounterVec::new(
            Opts::new(
                "hys_saves_total",
                "Pages saved and responses sent, by outcome.",
            ),
            &["what", "outcome"],
        )?;
        let ready = IntGauge::new("hys_ready", "1 while the database answers.")?;
        registry.register(Box::new(requests.clone()))?;
        registry.register(Box::new(durations.clone()))?;
        registry.register(Box::new(saves.clone()))?;
        registry.register(Box::new(ready.clone()))?;
        Ok(Self {
            registry,
            requests,
            durations,
            saves,
            ready,
        })
    }

    /// Counts one request.
    pub fn request(&self, method: &str, route: &str, status: u16, elapsed: Duration) {
        self.requests
            .with_label_values(&[method, route, &status.to_string()])
            .inc();
        self.durations
            .with_label_values(&[route])
            .observe(elapsed.as_secs_f64());
    }

    /// Counts one save (`page`, `submit`) and how it ended (`done`, `invalid`, `failed`).
    pub fn save(&self, what: &str, outcome: &str) {
        self.saves.with_label_values(&[what, outcome]).inc();
    }

    /// Notes whether the database answers.
    pub fn ready(&self, is_ready: bool) {
        self.ready.set(i64::from(is_ready));
    }

    /// All counters as text.
    ///
    /// # Errors
    /// When a counter can't be written, which the library rules out for those made here.
    pub fn render(&self) -> Result<Vec<u8>, prometheus::Error> {
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(text)
    }
}
