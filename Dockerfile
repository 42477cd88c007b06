# syntax=docker/dockerfile:1
# Ward to Board in a container. docs/service.md says how to run it; compose.yaml does.
FROM python:3.13-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/venv
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot ./bot
COPY cogs ./cogs
# With --build-arg EXTRAS=metrics,pdf, papers come as PDF too, and the image is 84 MB larger.
ARG EXTRAS=metrics
RUN /opt/venv/bin/pip install --no-cache-dir --constraint constraints.txt ".[$EXTRAS]"

FROM python:3.13-slim-bookworm
# FriBiDi lets pictures show Arabic and Hebrew. It is Debian's newest, with its repairs, so no version is pinned.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libfribidi0 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 ward \
    && useradd --uid 10001 --gid ward --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin ward \
    && install --directory --owner=ward --group=ward --mode=0700 /data /keys
COPY --from=build /opt/venv /opt/venv
# Where the secrets are, and none of them.
# hadolint ignore=DL3064
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DISCORD_TOKEN_FILE=/run/secrets/discord_token \
    WARD_DATA_KEY_FILE=/run/secrets/data_key \
    WARD_DATABASE=/data/ward-to-board.db \
    WARD_PROMPT_KEYS=/keys/ward-to-board.db
USER 10001:10001
WORKDIR /data
# Two volumes, so that who backs up the data does not take the keys along.
VOLUME ["/data", "/keys"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=15s --start-period=60s --retries=3 \
    CMD ["ward-to-board", "doctor", "--live"]
ENTRYPOINT ["ward-to-board"]
CMD ["run"]
