# syntax=docker/dockerfile:1
FROM python:3.11-slim AS builder
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src

# What runs, with every download checked against its hash.
COPY requirements.txt ./
RUN python -m venv /opt/alignbot && /opt/alignbot/bin/pip install --require-hashes -r requirements.txt

# What builds, pinned in the developers' list; it stays behind in this stage.
COPY requirements-dev.txt ./
RUN python -m venv /opt/build && /opt/build/bin/pip install --require-hashes -r requirements-dev.txt

COPY pyproject.toml README.md LICENSE manifest.yml ./
COPY bot ./bot
COPY migrations ./migrations
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && /opt/alignbot/bin/pip install --no-deps dist/*.whl

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home alignbot
COPY --from=builder /opt/alignbot /opt/alignbot
ENV PATH=/opt/alignbot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATABASE_URL=sqlite+aiosqlite:////data/alignbot.db
USER alignbot
WORKDIR /data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
CMD ["alignbot", "serve"]
