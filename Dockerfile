# The bot as an image; how to run it: docs/operating.md. tests/test_packaging.py runs these commands without Docker.
ARG PYTHON=3.12

FROM python:${PYTHON}-slim AS build
COPY requirements.lock ./
RUN python -m venv /opt/venv
RUN /opt/venv/bin/python -m pip install --compile --no-cache-dir --no-input --disable-pip-version-check --require-hashes -r requirements.lock

FROM python:${PYTHON}-slim
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin bot
RUN install --directory --owner=bot --group=bot /app /data
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY bot ./bot
COPY --chown=bot:bot knowledge /knowledge
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    KNOWLEDGE_DIR=/knowledge \
    DATA_DIR=/data \
    HEALTH_LISTEN=127.0.0.1:8081
USER bot
VOLUME ["/knowledge", "/data"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['HEALTH_LISTEN'].rpartition(':')[2] + '/health', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
