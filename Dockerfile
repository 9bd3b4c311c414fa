# Builds one binary with everything inside it, and puts it on a small Debian as an ordinary user.
#   docker build -t have-your-say .

# Styles and scripts.
FROM node:22-bookworm-slim AS assets
WORKDIR /build/assets
COPY assets/ ./
RUN rm -rf node_modules dist \
    && mkdir dist \
    && npm ci --no-audit --no-fund \
    && npm run build

# The program. The image is the toolchain that rust-toolchain.toml names; without that file, rustup fetches no other.
FROM rust:1.95.0-slim-bookworm AS program
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev make \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY Cargo.toml Cargo.lock ./
COPY entity/ entity/
COPY migration/ migration/
COPY src/ src/
COPY benches/ benches/
COPY tests/all.rs tests/
COPY templates/ templates/
COPY assets/ assets/
RUN rm -rf assets/node_modules assets/dist
COPY --from=assets /build/assets/dist/ assets/dist/
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --release --locked --bin have-your-say \
    && cp target/release/have-your-say /usr/local/bin/have-your-say

# What runs.
FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin have-your-say \
    && install -d -o have-your-say -g have-your-say -m 0700 /data
COPY --from=program /usr/local/bin/have-your-say /usr/local/bin/have-your-say
USER have-your-say
WORKDIR /data
VOLUME /data
ENV HYS_BIND=0.0.0.0:8080 \
    HYS_DATABASE_URL=sqlite:///data/have-your-say.sqlite \
    HYS_LOG=info
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=3s --start-period=10s --retries=3 \
    CMD curl --fail --silent --show-error --output /dev/null http://127.0.0.1:8080/healthz || exit 1
ENTRYPOINT ["have-your-say"]
CMD ["serve"]
