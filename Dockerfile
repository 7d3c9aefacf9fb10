# One image for every room: `docker run caruman-sandbox serve portal`. See docker-compose.yml for all of them together.

FROM python:3.11-slim AS packages
WORKDIR /build
COPY requirements.lock ./
# The part of the lock above its border is what a room needs to run; the rest is for load runs and tests.
RUN python -m venv /opt/caruman \
    && sed '/^# --- load and test ---$/,$d' requirements.lock > running.txt \
    && /opt/caruman/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement running.txt

FROM python:3.11-slim
RUN groupadd --gid 10001 caruman \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin caruman \
    && install --directory --owner caruman --group caruman --mode 0700 /var/lib/caruman
COPY --from=packages /opt/caruman /opt/caruman
WORKDIR /opt/house
COPY LICENSE README.md ./
COPY emulators emulators
COPY features features
COPY loadtests loadtests
COPY reference_portal reference_portal
COPY sandbox sandbox
ENV PATH=/opt/caruman/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPATH=/opt/house \
    PYTHONUNBUFFERED=1 \
    CARUMAN_READY_URL=http://127.0.0.1:8000/readyz
USER 10001:10001
VOLUME ["/var/lib/caruman"]
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(os.environ['CARUMAN_READY_URL'], timeout=2)"]
ENTRYPOINT ["python", "-m", "sandbox"]
CMD ["serve", "portal"]
