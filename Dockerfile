ARG PYTHON_VERSION=3.13
# Debian or Alpine, with Python in /usr/local. Each command below works on both.
ARG BASE=python:${PYTHON_VERSION}-slim

FROM node:24-slim AS explorer
WORKDIR /build/explorer
COPY explorer/package.json explorer/package-lock.json explorer/.npmrc ./
RUN npm ci
COPY explorer/*.js explorer/*.jsx explorer/*.css ./
COPY docs/examples ../docs/examples
RUN npm run build

FROM ${BASE} AS package
WORKDIR /build
# binutils removes symbols for debuggers from compiled modules, because they take half of the bytes of the packages.
# hadolint ignore=DL3008,DL3018
RUN if command -v apk; then apk add --no-cache binutils; else \
    apt-get update && apt-get install --yes --no-install-recommends binutils; fi
ENV PIP_NO_COMPILE=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /app/venv
ENV PATH=/app/venv/bin:$PATH
COPY requirements.lock ./
RUN pip install --no-deps --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY src src
# Not the libraries in folders named `….libs`, because their packager has already done it.
# Python must not check the byte code against the times of the sources, because copying changes the times and the
# image is read-only.
RUN pip install --no-deps --no-build-isolation . \
    && pip uninstall --yes flit_core pip \
    && find /app/venv -name "*.so" -not -path "*.libs/*" -exec strip --strip-unneeded {} + \
    && find /app/venv -depth -type d \( -name test -o -name tests -o -name testing \) -exec rm -r {} + \
    && find /app/venv -type f \( -name "*.pyx" -o -name "*.pxd" -o -name "*.pyi" \) -exec rm {} + \
    && python -m compileall -q -f --invalidation-mode unchecked-hash /app/venv

RUN counterpoint schema > schema.graphql
COPY container/inventory.py ./
COPY --from=explorer /build/assets/explorer-packages.json ./
RUN python inventory.py explorer-packages.json .

FROM node:24-slim AS client
WORKDIR /build/client
COPY client/package.json client/package-lock.json client/.npmrc ./
RUN npm ci
COPY client ./
COPY --from=package /build/schema.graphql ./
RUN npm run build

FROM ${BASE}
LABEL org.opencontainers.image.title="Counterpoint" \
    org.opencontainers.image.description="A GraphQL content API for articles on policy disputes" \
    org.opencontainers.image.version="0.2.0" \
    org.opencontainers.image.licenses="MIT"
# The user is added without commands, because those of Debian and Alpine differ, and Debian's write the build's date.
# Every user may write to /data, because the container can be run as any user, with a volume or a tmpfs there.
RUN echo "counterpoint:!:10001:10001::/data:/bin/false" >>/etc/passwd \
    && echo "counterpoint:!:10001:" >>/etc/group \
    && mkdir -m 1777 /data
WORKDIR /app
COPY --from=package /app/venv venv
COPY --from=explorer /build/assets assets
COPY --from=client /build/assets/client assets/client
COPY --from=package /build/sbom.json /build/NOTICES.txt ./
COPY LICENSE container/start alembic.ini ./
COPY migrations migrations
# Not `seed`, because that is the place of the articles that users mount or copy into an image of their own.
COPY seed demo
ENV PATH=/app/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    COUNTERPOINT_DATABASE_URL=sqlite:////data/counterpoint.db \
    COUNTERPOINT_HOST=0.0.0.0 \
    COUNTERPOINT_PORT=8000
VOLUME /data
EXPOSE 8000
USER 10001:10001
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "-Ic", \
    "import os, urllib.request as web; web.urlopen(f\"http://localhost:{os.environ['COUNTERPOINT_PORT']}/readyz\", timeout=4)"]
ENTRYPOINT ["/app/start"]
CMD ["serve"]
